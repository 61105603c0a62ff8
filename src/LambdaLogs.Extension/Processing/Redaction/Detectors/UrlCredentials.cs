namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// User name and password before the host of a URL, also with escaped slashes, as PHP writes JSON, and percent-encoded within another URL.
/// The rest of the URL is kept.
/// </summary>
internal static class UrlCredentials
{
    /// <inheritdoc cref="Detector"/>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(2 * text.Length);
        Find(text, "://"u8, "@"u8, found);
        if (text.Contains((byte)'\\'))
            Find(text, @":\/\/"u8, "@"u8, found);
        if (text.Contains((byte)'%'))
        {
            work.Count(2 * text.Length);
            Find(text, "%3A%2F%2F"u8, "%40"u8, found);
            Find(text, "%3a%2f%2f"u8, "%40"u8, found);
        }
    }

    static void Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator, ReadOnlySpan<byte> sign, RangeList found)
    {
        for (var at = 0; ;)
        {
            var next = text[at..].IndexOf(separator);
            if (next < 0)
                return;

            var start = at + next + separator.Length;
            at = start;
            if (next == 0 || !TextBytes.IsWord(text, start - separator.Length - 1))
                continue;

            var rest = text[start..];
            var length = rest.IndexOfAny("/?# \t\r\n\"'<>\\,"u8);
            var authority = length < 0 ? rest : rest[..length];
            if (sign.Length > 1)
                authority = EncodedAuthority(authority);

            var credentials = authority.LastIndexOf(sign);
            if (credentials > 0)
                found.Add(start, start + credentials);
            at = start + authority.Length;
        }
    }

    /// <summary>The part before an encoded slash, question mark or number sign, or the next parameter.</summary>
    static ReadOnlySpan<byte> EncodedAuthority(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            var next = text[at..].IndexOfAny((byte)'%', (byte)'&');
            if (next < 0)
                return text;

            at += next;
            var isSlash = text[at..] is [_, (byte)'2' or (byte)'3', (byte)'F' or (byte)'f', ..];
            if (text[at] == '&' || isSlash || text[at..].StartsWith("%23"u8))
                return text[..at];
        }

        return text;
    }
}
