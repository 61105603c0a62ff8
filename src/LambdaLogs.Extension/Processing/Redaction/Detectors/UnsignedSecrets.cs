namespace LambdaLogs.Extension.Processing.Redaction.Detectors;

/// <summary>
/// Values after the name of a secret without a sign between them: elements of XML, <c>&lt;password&gt;x&lt;/password&gt;</c>, and options
/// of command lines, <c>--password x</c>, also as lists of arguments, <c>['--password', 'x']</c>.
/// </summary>
/// <param name="presets">The presets that define names.</param>
/// <param name="keys">The names of the settings.</param>
internal sealed class UnsignedSecrets(RedactPresets presets, RedactKeys keys)
{
    /// <summary>Longest distance between the name of an element and the end of its tag.</summary>
    const int AttributesMax = 512;

    // Quotes, commas, backslashes and spaces between an option and its value.
    const int BetweenMax = 12;

    /// <inheritdoc cref="Detector"/>
    public void Find(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        work.Count(2 * text.Length);
        FindElements(text, found, work);
        FindOptions(text, found, work);
    }

    void FindElements(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        var open = 0UL;
        for (var at = text.IndexOf((byte)'<'); at >= 0 && !work.IsSpent;)
        {
            var start = at + 1;
            var end = NameEnd(text, start);
            work.Count(end - at);
            at = end;
            if (end > start && IsSecret(text[start..end], ref open, out var kind) && TagEnd(text, end) is var content and > 0)
            {
                var (first, last) = ContentAt(text, content, isGeneric: start > 1 && TextBytes.IsWord(text, start - 2), kind);
                if (last > first)
                    found.Add(first, last);
                at = Math.Max(content, last);
                work.Count(at - end);
            }

            var next = text[at..].IndexOf((byte)'<');
            at = next < 0 ? -1 : at + next;
        }
    }

    void FindOptions(ReadOnlySpan<byte> text, RangeList found, WorkMeter work)
    {
        for (var at = text.IndexOf("--"u8); at >= 0 && !work.IsSpent;)
        {
            var start = at + 2;
            var end = NameEnd(text, start);
            work.Count(end - at);
            var open = 0UL;
            var isOption = at == 0 || !(TextBytes.IsWord(text, at - 1) || text[at - 1] == '-');
            if (isOption && end > start && IsSecret(text[start..end], ref open, out _) && Argument(text, end) is var value and > 0)
            {
                var length = text[value..].IndexOfAny(" \t\r\n\"'\\"u8);
                end = length < 0 ? text.Length : value + length;
                work.Count(end - value);
                if (end > value)
                    found.Add(value, end);
            }

            var next = text[end..].IndexOf("--"u8);
            at = next < 0 ? -1 : end + next;
        }
    }

    bool IsSecret(ReadOnlySpan<byte> name, ref ulong open, out SecretKind kind)
    {
        name = name[(name.LastIndexOf((byte)':') + 1)..];
        kind = presets == RedactPresets.None ? SecretKind.None : SecretNames.KindOf(name, presets);
        return kind != SecretKind.None || (keys.HasOwn && keys.MatchDotted(name, ref open));
    }

    static int NameEnd(ReadOnlySpan<byte> text, int at)
    {
        var last = Math.Min(text.Length, at + MemberName.RawMax);
        while (at < last && (TextBytes.IsWord(text, at) || text[at] is (byte)'-' or (byte)'.' or (byte)':'))
            at++;
        return at;
    }

    /// <summary>The end of an opening tag. Zero: it is none, or has no content.</summary>
    static int TagEnd(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..Math.Min(text.Length, at + AttributesMax)];
        var end = rest.IndexOfAny((byte)'<', (byte)'>');
        return end < 0 || rest[end] == '<' || (end > 0 && rest[end - 1] == '/') ? 0 : at + end + 1;
    }

    /// <param name="text">The text.</param>
    /// <param name="at">After the opening tag.</param>
    /// <param name="isGeneric">Whether the tag may be the argument of a type, as in <c>List&lt;Password&gt;</c>.</param>
    /// <param name="kind">The kind of value.</param>
    static (int Start, int End) ContentAt(ReadOnlySpan<byte> text, int at, bool isGeneric, SecretKind kind)
    {
        var isRaw = text[at..].StartsWith("<![CDATA["u8);
        at += isRaw ? "<![CDATA["u8.Length : 0;
        var length = isRaw ? text[at..].IndexOf("]]>"u8) : text[at..].IndexOf((byte)'<');
        var end = length < 0 ? text.Length : at + length;
        if (isGeneric && !text[end..].StartsWith("</"u8))
            return default;

        at += kind == SecretKind.Authorization ? HeaderValue.SchemeLength(text[at..end]) : 0;
        return (at, end);
    }

    /// <summary>The start of an option's argument. Zero: another option or nothing follows.</summary>
    static int Argument(ReadOnlySpan<byte> text, int end)
    {
        var at = end;
        var last = Math.Min(text.Length, end + BetweenMax);
        while (at < last && " \t\"',\\"u8.Contains(text[at]))
            at++;
        return at == end || at == text.Length || text[at] is (byte)'-' or (byte)']' ? 0 : at;
    }
}
