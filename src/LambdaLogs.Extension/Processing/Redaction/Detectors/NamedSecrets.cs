namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// Values after the name of a secret, however short: HTTP header lines, members and entries as programs print them, URL parameters.
/// Searches for the signs between names and values, and examines the text before and after.
/// </summary>
internal static class NamedSecrets
{
    // Quotes, brackets, backslashes and spaces between a name, the sign and the value.
    const int BetweenMax = 16;

    /// <summary>Finds the values.</summary>
    /// <param name="text">Unescaped UTF-8.</param>
    /// <param name="found">Receives the ranges.</param>
    /// <param name="work">Counts the examined bytes.</param>
    /// <param name="presets">The presets that define the names.</param>
    public static void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work, RedactPresets presets)
    {
        work.Count(text.Length);
        for (var at = 0; at < text.Length && !work.IsSpent; at++)
        {
            var length = text[at..].IndexOfAny(":=,%"u8);
            if (length < 0)
                return;

            at += length;
            var sign = SignLength(text, at);
            if (sign == 0)
                continue;

            var kind = KindBefore(text, at, presets, out var quote);
            work.Count(SecretNames.BytesMax);
            if (kind == SecretKind.None)
                continue;

            var (start, end) = ValueAt(text, at + sign, kind, isEntry: text[at] == ',', quote);
            if (end <= start)
                continue;

            found.Add(start, end);
            work.Count(end - at);
            at = end - 1;
        }
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

    static SecretKind KindBefore(ReadOnlySpan<byte> text, int at, RedactPresets presets, out byte quote)
    {
        quote = 0;
        var end = at;
        var least = Math.Max(0, at - BetweenMax);
        while (end > least && " \t\"'\\]"u8.Contains(text[end - 1]))
            end--;

        var start = end;
        least = Math.Max(0, end - SecretNames.BytesMax);
        while (start > least && (char.IsAsciiLetterOrDigit((char)text[start - 1]) || "-_."u8.Contains(text[start - 1])))
            start--;
        if (start == end)
            return SecretKind.None;

        var before = start > 0 ? text[start - 1] : (byte)0;
        if (end == at && before is (byte)'"' or (byte)'\'')
            quote = before;
        return SecretNames.KindOf(text[start..end], presets, isParameter: before is (byte)'?' or (byte)'&');
    }

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
