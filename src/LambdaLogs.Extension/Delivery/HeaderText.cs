namespace LambdaLogs.Extension.Delivery;

/// <summary>Checks header names and values. Stricter than HTTP, so that a value can never inject another header.</summary>
internal static class HeaderText
{
    /// <summary>Whether a text is a header name: a token of RFC 9110, section 5.6.2.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !"!#$%&'*+-.^_`|~".Contains(character))
                return false;
        }

        return !text.IsEmpty;
    }

    /// <summary>Whether a text is a valid header value: visible ASCII, with spaces inside but not at its ends.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsValue(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or > '~')
                return false;
        }

        return !text.IsEmpty && text[0] != ' ' && text[^1] != ' ';
    }

    /// <summary>Whether HTTP or the extension sets a header, so that it cannot carry a key.</summary>
    /// <param name="name">A header name.</param>
    public static bool IsReserved(string name)
    {
        // .NET stores these with the body and would silently leave out a key.
        if (name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            return true;

        ReadOnlySpan<string> reserved =
        [
            "Accept-Encoding", "Allow", "Connection", "Expect", "Expires", "Host", "Keep-Alive", "Last-Modified", "Proxy-Authorization",
            "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "User-Agent", "X-Batch-Id",
        ];
        foreach (var one in reserved)
        {
            if (name.Equals(one, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
