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
}
