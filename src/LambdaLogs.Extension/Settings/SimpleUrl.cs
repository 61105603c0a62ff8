namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Recognises simple URLs without the framework's parser, which would cost loading its code and tables in every cold start. Returns false
/// if in doubt; if it returns true, the parser accepts the URL too, with the same host and without user info.
/// </summary>
internal static class SimpleUrl
{
    const int LongestHost = 253;
    const int LongestLabel = 63;

    /// <summary>
    /// Whether a text is an http or https URL with a host name or IPv4 address, and perhaps a port, a path and a query of characters that
    /// need no escape.
    /// </summary>
    /// <param name="text">Any text.</param>
    public static bool IsSimple(ReadOnlySpan<char> text)
    {
        var rest = AfterScheme(text);
        var end = rest.IndexOfAny('/', '?');
        var authority = end < 0 ? rest : rest[..end];
        var colon = authority.IndexOf(':');
        var host = colon < 0 ? authority : authority[..colon];
        return (IsName(host) || IsAddress(host))
            && (colon < 0 || IsBelow(authority[(colon + 1)..], 65_536))
            && (end < 0 || IsPlainTail(rest[end..]));
    }

    static ReadOnlySpan<char> AfterScheme(ReadOnlySpan<char> text)
    {
        const string Http = "http://";
        const string Https = "https://";
        if (text.StartsWith(Https, StringComparison.OrdinalIgnoreCase))
            return text[Https.Length..];

        return text.StartsWith(Http, StringComparison.OrdinalIgnoreCase) ? text[Http.Length..] : default;
    }

    // The last label starts with a letter: otherwise the parser may treat it as a number, such as 0x7f000001.
    static bool IsName(ReadOnlySpan<char> host)
    {
        if (host.Length is 0 or > LongestHost || host[^1] == '.' || !char.IsAsciiLetter(host[host.LastIndexOf('.') + 1]))
            return false;

        foreach (var part in host.Split('.'))
        {
            var label = host[part];
            if (label.Length is 0 or > LongestLabel || label[0] == '-' || label[^1] == '-' || !IsOf(label, "-"))
                return false;
        }

        return true;
    }

    static bool IsAddress(ReadOnlySpan<char> host)
    {
        var parts = 0;
        foreach (var part in host.Split('.'))
        {
            if (++parts > 4 || !IsBelow(host[part], 256))
                return false;
        }

        return parts == 4;
    }

    // Leading zeros could mean another base.
    static bool IsBelow(ReadOnlySpan<char> digits, int limit) =>
        digits.Length is > 0 and <= 5
        && (digits[0] != '0' || digits.Length == 1)
        && !digits.ContainsAnyExceptInRange('0', '9')
        && Quantity.TryNumber(digits, out var number)
        && number < limit;

    static bool IsPlainTail(ReadOnlySpan<char> tail) => IsOf(tail, "/?-._~&=+,:;@!$*()%");

    static bool IsOf(ReadOnlySpan<char> text, ReadOnlySpan<char> others)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !others.Contains(character))
                return false;
        }

        return true;
    }
}
