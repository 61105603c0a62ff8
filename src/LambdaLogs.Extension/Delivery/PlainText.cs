using System.Globalization;
using System.Text;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Makes what comes from outside fit for one line of a log.</summary>
internal static class PlainText
{
    /// <summary>Most characters of one line.</summary>
    public const int LongestLine = 200;

    /// <summary>
    /// One line: white space, control and direction characters become single spaces, and what is too long is cut with a <c>…</c>, between
    /// characters.
    /// </summary>
    /// <param name="text">Any text.</param>
    /// <param name="longest">Most characters.</param>
    /// <returns>At most <paramref name="longest"/> characters; empty where nothing is to be seen.</returns>
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

            // Here a mark would still fit.
            if (line.Length < longest)
                cut = line.Length;
        }

        return line.ToString();
    }

    static bool IsPrintable(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune)
        && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format;
}
