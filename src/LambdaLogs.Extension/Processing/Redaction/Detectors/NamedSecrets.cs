namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// Values after the name of a secret, however short: HTTP header lines, members and entries as programs print them, URL parameters.
/// Searches for the signs between names and values, and examines the text before and after.
/// </summary>
internal static class NamedSecrets
{
    // Quotes, brackets, backslashes and spaces between a name, the sign and the value.
    const int BetweenMax = 16;

    /// <summary>Finds the values behind names.</summary>
    /// <param name="text">Unescaped UTF-8.</param>
    /// <param name="found">Receives the ranges.</param>
    /// <param name="work">Counts the examined bytes.</param>
    /// <param name="names">The names of secrets.</param>
    public static void Find<TNames>(ReadOnlySpan<byte> text, RangeList found, WorkMeter work, TNames names)
        where TNames : struct, ISecretNames
    {
        work.Count(text.Length);
        for (var at = NextSign(text, 0); at < text.Length && !work.IsSpent; at = NextSign(text, at + 1))
        {
            if (!names.Includes(text, at))
                continue;

            var name = NameBefore(text, at, out var quote, out var isParameter);
            var kind = names.KindOf(name, isParameter, work);
            if (kind != SecretKind.None)
                at = Add(text, at, kind, quote, found, work);
        }
    }

    /// <summary>Adds the value after a sign.</summary>
    /// <returns>Where the search goes on.</returns>
    static int Add(ReadOnlySpan<byte> text, int at, SecretKind kind, byte quote, RangeList found, WorkMeter work)
    {
        var (start, end) = ValueAt(text, at + SignLength(text, at), kind, isEntry: text[at] == ',', quote);
        if (end <= start)
            return at;

        found.Add(start, end);
        work.Count(end - at);
        return end - 1;
    }

    static int NextSign(ReadOnlySpan<byte> text, int at)
    {
        for (; at < text.Length; at++)
        {
            var length = text[at..].IndexOfAny(":=,%"u8);
            if (length < 0)
                return text.Length;

            at += length;
            if (SignLength(text, at) > 0)
                return at;
        }

        return text.Length;
    }

    /// <summary>The length of the sign between a name and a value. Zero: there is none.</summary>
    static int SignLength(ReadOnlySpan<byte> text, int at) => text[at] switch
    {
        (byte)',' => at > 0 && text[at - 1] is (byte)'"' or (byte)'\'' ? 1 : 0,
        (byte)'%' => IsEscaped(text, at) ? 3 : 0,
        (byte)'=' when at + 1 < text.Length && text[at + 1] == '>' => 2,
        _ => 1,
    };

    /// <summary>Whether it is <c>%3D</c> or <c>%3A</c>.</summary>
    static bool IsEscaped(ReadOnlySpan<byte> text, int at) =>
        at + 2 < text.Length && text[at + 1] == '3' && (text[at + 2] | 0x20) is 'd' or 'a';

    /// <summary>Returns the name before a sign. Empty: there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The sign.</param>
    /// <param name="quote">The quote around both name and value. Zero: none.</param>
    /// <param name="isParameter">Whether it is a parameter in a URL's query.</param>
    static ReadOnlySpan<byte> NameBefore(ReadOnlySpan<byte> text, int at, out byte quote, out bool isParameter)
    {
        var end = at;
        var least = Math.Max(0, at - BetweenMax);
        while (end > least && " \t\"'\\]"u8.Contains(text[end - 1]))
            end--;

        var start = end;
        least = Math.Max(0, end - MemberName.RawMax);
        while (start > least && IsOfName(text[start - 1]))
            start--;

        var before = start > 0 ? text[start - 1] : (byte)0;
        // The sign before the name may be escaped: %3F, %26.
        if (before == '%' && end - start > 2 && char.IsAsciiHexDigit((char)text[start]) && char.IsAsciiHexDigit((char)text[start + 1]))
            start += 2;

        // The hyphens of an option of a command line: --password=x.
        while (start < end && text[start] == '-')
            start++;
        quote = end == at && before is (byte)'"' or (byte)'\'' ? before : (byte)0;
        isParameter = before is (byte)'?' or (byte)'&';
        return text[start..end];
    }

    static bool IsOfName(byte value) => char.IsAsciiLetterOrDigit((char)value) || value >= 0x80 || "-_.$@"u8.Contains(value);

    /// <param name="text">The text.</param>
    /// <param name="at">After the sign.</param>
    /// <param name="kind">The kind of value.</param>
    /// <param name="isEntry">Whether name and value are entries of a list: the value is then quoted.</param>
    /// <param name="quote">The quote around both name and value. Zero: none.</param>
    static (int Start, int End) ValueAt(ReadOnlySpan<byte> text, int at, SecretKind kind, bool isEntry, byte quote)
    {
        var start = SkipToValue(text, at);
        var opening = start;
        while (opening < text.Length && text[opening] == '\\')
            opening++;
        if (opening < text.Length && text[opening] is (byte)'"' or (byte)'\'' && text[opening] != quote)
            return Quoted(text, opening, depth: opening - start, kind, isEntry);
        if (isEntry || start >= text.Length)
            return default;
        if (text[start] is (byte)'[' or (byte)'{')
            return (start, Quotes.BracketEnd(text, start, depth: 0));

        var scheme = kind == SecretKind.Authorization ? HeaderValue.SchemeLength(text[start..Math.Min(text.Length, start + 64)]) : 0;
        start += scheme;
        return (start, start + HeaderValue.End(text[start..], kind, quote, hasScheme: scheme > 0));
    }

    static (int Start, int End) Quoted(ReadOnlySpan<byte> text, int opening, int depth, SecretKind kind, bool isEntry)
    {
        var start = opening + 1;
        var closing = Quotes.End(text, start, depth, text[opening]);
        var end = Math.Max(start, closing - depth);
        if (isEntry && end - start <= SecretNames.BytesMax && IsMember(text, closing + 1))
            return PairNames.IsValue(text[start..end]) ? ValueAt(text, AfterColon(text, closing), kind, isEntry: false, quote: 0) : default;

        if (kind == SecretKind.Authorization)
            start += HeaderValue.SchemeLength(text[start..end]);
        return (start, end);
    }

    /// <summary>Whether the preceding text is a name and not a value.</summary>
    static bool IsMember(ReadOnlySpan<byte> text, int at)
    {
        at = SkipBlanks(text, at);
        return at < text.Length && text[at] == ':';
    }

    static int AfterColon(ReadOnlySpan<byte> text, int closing) => closing + text[closing..].IndexOf((byte)':') + 1;

    /// <summary>Skips to the value. Programs print a long quoted value on the next line.</summary>
    static int SkipToValue(ReadOnlySpan<byte> text, int at)
    {
        var start = SkipBlanks(text, at);
        if (start >= text.Length || text[start] is not ((byte)'\r' or (byte)'\n'))
            return start;

        var next = start;
        while (next < text.Length && next - start < BetweenMax && text[next] <= ' ')
            next++;
        return next < text.Length && text[next] is (byte)'"' or (byte)'\'' ? next : start;
    }

    static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        var last = Math.Min(text.Length, at + BetweenMax);
        while (at < last && text[at] is (byte)' ' or (byte)'\t')
            at++;
        return at;
    }
}
