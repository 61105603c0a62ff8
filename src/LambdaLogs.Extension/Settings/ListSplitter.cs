namespace LambdaLogs.Extension.Settings;

/// <summary>Splits the values of variables that are lists. Pure.</summary>
internal static class ListSplitter
{
    /// <summary>Separators of lists of words.</summary>
    public const string WordSeparators = ",; \t\r\n";

    /// <summary>Separators of lists whose items may contain spaces.</summary>
    public const string ItemSeparators = ",\r\n";

    /// <summary>Separators of lists whose items may contain commas.</summary>
    public const string LineSeparators = "\r\n";

    /// <summary>Splits a list.</summary>
    /// <param name="text">The value. Null: an empty list.</param>
    /// <param name="separators">The separators.</param>
    /// <param name="quotes">
    /// Quote characters within which separators are ignored; a backslash escapes the next character. Empty: none.
    /// </param>
    /// <returns>The items between the separators, trimmed, without empty ones.</returns>
    public static List<string> Split(string? text, string separators, string quotes = "")
    {
        var parts = new List<string>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var end = EndOf(rest, separators, quotes);
            var part = rest[..end].Trim();
            if (!part.IsEmpty)
                parts.Add(part.ToString());
            rest = rest[Math.Min(rest.Length, end + 1)..];
        }

        return parts;
    }

    /// <summary>Removes surrounding quotes.</summary>
    /// <param name="text">The trimmed text.</param>
    /// <returns>The same text if there are none, or if the quote also occurs inside.</returns>
    public static string WithoutQuotes(string text)
    {
        var isQuoted = text.Length > 2 && text[0] is '"' or '\'' && text[^1] == text[0];
        return isQuoted && !text.AsSpan(1, text.Length - 2).Contains(text[0]) ? text[1..^1].Trim() : text;
    }

    static int EndOf(ReadOnlySpan<char> text, string separators, string quotes)
    {
        var quote = '\0';
        for (var at = 0; at < text.Length; at++)
        {
            if (quote != '\0' && text[at] == '\\')
                at++;
            else if (quote != '\0')
                quote = text[at] == quote ? '\0' : quote;
            else if (separators.Contains(text[at]))
                return at;
            else if (quotes.Contains(text[at]) && BeginsValue(text, at))
                quote = text[at];
        }

        return text.Length;
    }

    /// <summary>Whether a quote starts an item rather than being inside one.</summary>
    static bool BeginsValue(ReadOnlySpan<char> text, int at)
    {
        var before = text[..at].TrimEnd();
        return before.IsEmpty || "=:[.$".Contains(before[^1]);
    }
}
