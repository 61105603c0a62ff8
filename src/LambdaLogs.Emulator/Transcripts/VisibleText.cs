using System.Globalization;
using System.Text;

namespace LambdaLogs.Emulator.Transcripts;

/// <summary>Text of others for a terminal: what would move the cursor or turn the direction of writing is shown.</summary>
internal static class VisibleText
{
    /// <summary>One line: every control character but the tab as <c>\x1B</c> or <c>\u202E</c>.</summary>
    public static string Line(string text) => Of(text, keepsLineFeeds: false);

    /// <summary>The same for text of several lines, whose line feeds stay.</summary>
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
