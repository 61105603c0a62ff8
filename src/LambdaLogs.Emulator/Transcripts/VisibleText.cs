using System.Globalization;
using System.Text;

namespace LambdaLogs.Emulator.Transcripts;

/// <summary>Escapes foreign text for a terminal: characters that move the cursor or change the writing direction become visible.</summary>
internal static class VisibleText
{
    /// <summary>A single line: every control character except the tab is written as <c>\x1B</c> or <c>\u202E</c>.</summary>
    public static string Line(string text) => Of(text, keepsLineFeeds: false);

    /// <summary>A text of several lines: line feeds are kept.</summary>
    public static string Lines(string text) => Of(text, keepsLineFeeds: true);

    static string Of(string text, bool keepsLineFeeds)
    {
        if (!text.Any(c => IsHidden(c, keepsLineFeeds)))
            return text;

        var visible = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (!IsHidden(c, keepsLineFeeds))
                visible.Append(c);
            else if (c < 256)
                visible.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
            else
                visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
        }

        return visible.ToString();
    }

    static bool IsHidden(char c, bool keepsLineFeeds) => c switch
    {
        '\t' => false,
        '\n' => !keepsLineFeeds,
        _ => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F'
            or '\u2028' or '\u2029',
    };
}
