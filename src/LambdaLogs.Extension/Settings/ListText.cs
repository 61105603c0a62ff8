namespace LambdaLogs.Extension.Settings;

/// <summary>Splits the values of variables that hold several things. Pure.</summary>
internal static class ListText
{
    /// <summary>Where lists of words are split.</summary>
    public const string Words = ",; \t\r\n";

    /// <summary>Where lists of texts with blanks in them are split.</summary>
    public const string Items = ",\r\n";

    /// <summary>Where lists of texts with commas in them are split.</summary>
    public const string Lines = "\r\n";

    /// <summary>Splits a list.</summary>
    /// <param name="text">The value. Null: the list is empty.</param>
    /// <param name="separators">Where it is split.</param>
    /// <param name="quotes">
    /// Characters in which a separator is none; a backslash takes the meaning of what follows it. Empty: there are none.
    /// </param>
    /// <returns>What stands between the separators, trimmed, without what is empty.</returns>
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

    /// <summary>A text without the quotes around it.</summary>
    /// <param name="text">Trimmed.</param>
    /// <returns>The same text where there are none, or where such a quote stands within it as well.</returns>
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

    /// <summary>Whether a quote begins something, rather than to stand within it.</summary>
    static bool BeginsValue(ReadOnlySpan<char> text, int at)
    {
        var before = text[..at].TrimEnd();
        return before.IsEmpty || "=:[.$".Contains(before[^1]);
    }
}
