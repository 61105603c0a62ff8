using System.Globalization;
using System.Text;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Makes text from outside safe for one line of a log.</summary>
internal static class PlainText
{
    /// <summary>Longest line in characters.</summary>
    public const int LongestLine = 200;

    /// <summary>
    /// Converts a text to one line: white space, control and direction characters become single spaces, and long text is truncated with
    /// <c>…</c> at a character boundary.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Most characters.</param>
    /// <returns>At most <paramref name="longest"/> characters; empty if nothing is visible.</returns>
    public static string OneLine(ReadOnlySpan<char> text, int longest = LongestLine)
    {
        var line = new StringBuilder(Math.Min(text.Length, longest));
        var cut = 0;
        var pendingSpace = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                pendingSpace = line.Length > 0;
                continue;
            }

            if (pendingSpace)
                line.Append(' ');

            line.Append(rune.ToString());
            pendingSpace = false;
            if (line.Length > longest)
                return line.Remove(cut, line.Length - cut).Append('…').ToString();

            // Up to here a mark would still fit.
            if (line.Length < longest)
                cut = line.Length;
        }

        return line.ToString();
    }

    static bool IsPrintable(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format;
}
