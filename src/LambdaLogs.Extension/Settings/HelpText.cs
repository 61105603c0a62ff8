using System.Text;

namespace LambdaLogs.Extension.Settings;

/// <summary>The output of <c>--help</c>.</summary>
internal static class HelpText
{
    /// <summary>Describes the extension, its commands and all variables in plain text.</summary>
    /// <param name="commands">The commands, one per line.</param>
    public static string Write(string commands)
    {
        var text = new StringBuilder();
        text.AppendLine("aws-lambda-logs-http-destination: an AWS Lambda extension that forwards a function's logs to an HTTP endpoint.");
        text.AppendLine("Lambda starts it from /opt/extensions, and variables of the function's environment configure it.");
        text.AppendLine().AppendLine("By hand:").Append(commands);
        VariableGroup? group = null;
        foreach (var variable in VariableList.All)
        {
            if (variable.Group != group)
                text.AppendLine().Append(VariableList.TitleOf(variable.Group)).AppendLine(":");

            group = variable.Group;
            text.Append("  ").AppendLine(variable.Name);
            Wrap(text, variable.Summary.Replace("`", "", StringComparison.Ordinal));
            Wrap(text, $"Allowed: {variable.AllowedText}.{(variable.DefaultText.Length > 0 ? $" Default: {variable.DefaultText}." : "")}");
        }

        return text.ToString();
    }

    static void Wrap(StringBuilder text, string paragraph)
    {
        const int Columns = 100;
        const string Indent = "      ";
        var column = 0;
        foreach (var part in paragraph.AsSpan().Split(' '))
        {
            var word = paragraph.AsSpan()[part];
            if (column > 0 && column + 1 + word.Length > Columns)
            {
                text.AppendLine();
                column = 0;
            }

            text.Append(column == 0 ? Indent : " ").Append(word);
            column += word.Length + (column == 0 ? Indent.Length : 1);
        }

        text.AppendLine();
    }
}
