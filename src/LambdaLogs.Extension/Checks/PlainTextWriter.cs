using System.Globalization;
using System.Text;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Checks;

/// <summary>Writes aligned plain text to a terminal, line by line.</summary>
/// <param name="write">Receives the text.</param>
internal sealed class PlainTextWriter(LineWriter write)
{
    // The width of name, mark and time, which precede the text.
    const string Indent = "                                  ";

    /// <summary>Writes a line.</summary>
    /// <param name="text">The line, without its line break.</param>
    public void Line(string text = "") => write(Encoding.UTF8.GetBytes(text + "\n"));

    /// <summary>Writes a step, followed by its details and its advice.</summary>
    /// <param name="step">The step.</param>
    public void Step(CheckStep step)
    {
        var mark = step.IsGood ? "ok" : "FAILED";
        var took = step.Took is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms") : "";
        Line($"  {step.Name,-12}  {mark,-6}  {took,8}  {step.Text}");
        if (step.Details is { } details)
            Line(Indent + details);

        if (step.Advice is { } advice)
            Line($"{Indent}-> {advice}");
    }

    /// <summary>Writes rows in aligned columns.</summary>
    /// <param name="rows">All rows have the same number of cells. The last cell is not padded.</param>
    public void Table(IReadOnlyList<string[]> rows)
    {
        foreach (var row in rows)
        {
            var line = new StringBuilder(" ");
            for (var column = 0; column < row.Length; column++)
                line.Append(' ').Append(column < row.Length - 1 ? row[column].PadRight(Width(rows, column) + 1) : row[column]);

            Line(line.ToString());
        }
    }

    static int Width(IReadOnlyList<string[]> rows, int column)
    {
        var width = 0;
        foreach (var row in rows)
            width = Math.Max(width, row[column].Length);

        return width;
    }
}
