namespace LambdaLogs.Extension.Delivery;

/// <summary>What may stand in a request's header. Stricter than HTTP, so that no header can end early and carry another.</summary>
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

    /// <summary>Whether a text can be a header's value: visible ASCII, with single spaces or more inside, not at its ends.</summary>
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

    /// <summary>Whether a header is set by HTTP or by us, so that no key can go there.</summary>
    /// <param name="name">A header name.</param>
    public static bool IsReserved(string name)
    {
        // .NET keeps these with the body and would leave a key out without a word.
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
