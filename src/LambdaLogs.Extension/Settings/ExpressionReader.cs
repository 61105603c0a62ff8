using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Processing.Patterns;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads regular expressions. One that is wrong is told with the place of its fault and left out.</summary>
internal static class ExpressionReader
{
    /// <summary>Reads several, one a line, which work together.</summary>
    public static IReadOnlyList<string> Read(EnvironmentReader reader, Variable variable)
    {
        if (reader.Text(variable) is not { } text)
            return [];

        var expressions = new List<string>();
        foreach (var part in text.AsSpan().SplitAny('\r', '\n'))
        {
            if (text[part].Trim() is { Length: > 0 } expression && IsRight(reader, variable, expression))
                expressions.Add(expression);
        }

        while (expressions.Count > 1 && !Pattern.Fit(expressions))
        {
            var used = $"\"{Shown(expressions[^1])}\" is left out: the expressions are too large together";
            reader.Problem(variable, null, used);
            expressions.RemoveAt(expressions.Count - 1);
        }

        return expressions;
    }

    /// <summary>Reads one.</summary>
    /// <returns>Null: it is not set, or wrong.</returns>
    public static string? One(EnvironmentReader reader, Variable variable) =>
        reader.Text(variable) is { } text && IsRight(reader, variable, text) ? text : null;

    /// <summary>A part of a value, for a message.</summary>
    public static string Shown(string text) => PlainText.OneLine(text, longest: 40);

    static bool IsRight(EnvironmentReader reader, Variable variable, string expression)
    {
        if (Pattern.Check(expression) is not { } fault)
            return true;

        reader.Problem(variable, null, $"\"{Shown(expression)}\" is left out: {fault}");
        return false;
    }
}
