using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Prefixes that are not made of words: a letter or number that is the level, key-value pairs.</summary>
internal ref partial struct LinePrefix
{
    /// <summary>Longest key before a level.</summary>
    const int KeyMax = 24;

    /// <summary>
    /// Reads Node's prefix, the most common one, in one step: <c>2024-05-15T23:59:20.159Z\t&lt;id&gt;\tINFO\t</c>. Reading it word by
    /// word gives the same result.
    /// </summary>
    bool TryReadNode(ReadOnlySpan<byte> head)
    {
        const int IdStart = Rfc3339.Size + 2;
        const int LevelStart = IdStart + PrefixWord.UuidLength + 2;
        const int End5 = LevelStart + 5;
        if (head.Length < End5 + 2 || head[Rfc3339.Size] != '\\' || head[Rfc3339.Size + 1] != 't' || head[LevelStart - 2] != '\\')
            return false;

        var word = head[LevelStart..(head[End5 - 1] == '\\' ? End5 - 1 : End5)];
        var rest = head[(LevelStart + word.Length)..];
        var time = head[..Rfc3339.Size];
        var id = head.Slice(IdStart, PrefixWord.UuidLength);
        if (head[LevelStart - 1] != 't' || rest[0] != '\\' || rest[1] != 't' || !LevelNames.TryParseCapital(word, out var level)
            || !PrefixWord.IsRequestId(id) || !Rfc3339.IsCommon(time))
            return false;

        _time = time;
        _hasTime = true;
        RequestId = id;
        End = SkipGap(head, LevelStart + word.Length + 2);
        Named(true, level);
        LookWithin(head, isRuntime: true);
        return true;
    }

    /// <summary>Reads prefixes whose first letter or number is the level.</summary>
    bool ReadLetter(ReadOnlySpan<byte> head) => head[0] switch
    {
        (byte)'<' => ReadPriority(head),
        (byte)'I' or (byte)'W' or (byte)'E' or (byte)'F' or (byte)'D' or (byte)'A' => head[1] == ',' ? ReadRuby(head) : ReadKlog(head),
        (byte)'*' or (byte)'=' or (byte)'-' => (Level = FailurePrefix.LevelOf(head)) != LogLevel.Info,
        _ => head[1] == ',' && ReadRuby(head),
    };

    /// <summary>
    /// The syslog priority, whose lowest three bits are the severity: <c>&lt;3&gt;</c> of systemd and of .NET's systemd console.
    /// </summary>
    /// Source: <see href="https://www.rfc-editor.org/rfc/rfc5424#section-6.2.1"/>
    bool ReadPriority(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'>');
        if (end is < 2 or > 4)
            return false;

        var number = 0;
        foreach (var digit in head[1..end])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;

            number = (number * 10) + digit - '0';
        }

        Span<byte> severity = [(byte)('0' + (number & 7))];
        End = end + 1;
        return number < 192 && LevelNumbers.TryParse(severity, LevelScale.Syslog, out var level) && Named(true, level);
    }

    /// <summary>
    /// <c>E0314 09:26:53.470123       8 main.go:12] message</c>, of glog, klog, gRPC and Abseil; newer glog writes the year too.
    /// </summary>
    bool ReadKlog(ReadOnlySpan<byte> head)
    {
        var digits = head[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var timeStart = digits + 2;
        if (digits is not (4 or 8) || head.Length <= timeStart + 2 || head[digits + 1] != ' ')
            return false;

        var isTime = char.IsAsciiDigit((char)head[timeStart]) && head[timeStart + 2] == ':';
        var end = head.IndexOf("] "u8);
        End = end < 0 || !isTime ? 0 : end + 2;
        return isTime && LevelNames.TryParseLetter(head[0], out var level) && Named(true, level);
    }

    /// <summary><c>I, [2024-05-15T23:59:20.159000 #8]  INFO &lt;id&gt; -- : message</c></summary>
    bool ReadRuby(ReadOnlySpan<byte> head)
    {
        var isRuby = head.Length > 4 && head[2] == ' ' && head[3] == '[';
        if (!isRuby)
            return false;

        var words = new PrefixWords(head[(head.IndexOf((byte)']') + 1)..]);
        if (!words.Next() || !Named(PrefixWord.TryReadLevel(words.Word, isMarked: false, out var level), level))
            return true;

        if (words.Next() && PrefixWord.IsRequestId(words.Word))
            RequestId = words.Word;
        return true;
    }

    /// <summary>
    /// Reads a key-value line (logfmt): <c>time=… level=error msg="…"</c>. Quoted values may contain spaces, and text that looks like a
    /// level in them is ignored.
    /// </summary>
    /// <returns>Whether it names a level.</returns>
    bool ReadPairs(ReadOnlySpan<byte> text, bool isWhole)
    {
        while (true)
        {
            var end = KeyLength(text);
            if (end == 0)
                return false;

            var key = text[..end];
            text = text[(end + 1)..];
            var length = ValueLength(text);
            var isLast = length < 0;
            if (isLast && !isWhole)
                return false;

            var value = (isLast ? text : text[..length]).Trim("\\\"'"u8);
            if (FieldRoles.IsLevel(key) && !IsVariable(key) && LevelNames.TryParse(value, out var level))
                return Named(true, level);

            text = isLast ? default : text[length..].TrimStart((byte)' ');
            if (isLast)
                return false;

            if (_hasTime && KeyLength(text) == 0)
            {
                // Elixir and Sidekiq have their metadata before the level.
                var words = new PrefixWords(text, isWhole);
                return words.Next() && (words.ClosesBracket || words.Word is [>= (byte)'A' and <= (byte)'Z', .., (byte)':'])
                    && PrefixWord.TryReadLevel(words.Word, isMarked: true, out level) && Named(true, level);
            }
        }
    }

    /// <returns>The length of a value with its quotes; negative if nothing ends it.</returns>
    static int ValueLength(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("\\\""u8))
            return QuotedLength(text);

        var quote = text.StartsWith("'"u8) ? text[1..].IndexOf((byte)'\'') : -1;
        return quote > 0 ? quote + 2 : text.IndexOfAny(" \\"u8);
    }

    /// <summary>Whether a key is the name of an environment variable: <c>LOG_LEVEL=error</c> is a setting.</summary>
    static bool IsVariable(ReadOnlySpan<byte> key) => key.Contains((byte)'_') && LevelNames.IsCapital(key);

    /// <returns>Zero if there is no key.</returns>
    static int KeyLength(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("-"u8))
            return 0;

        var at = 0;
        while (at < text.Length && at < KeyMax && (char.IsAsciiLetterOrDigit((char)text[at]) || "_.-@"u8.Contains(text[at])))
            at++;
        return at < text.Length && text[at] == '=' ? at : 0;
    }

    /// <summary>The length of a quoted value. Its quotes are escaped; an escaped quote in it is three backslashes and a quote.</summary>
    static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var at = 2; at + 1 < text.Length; at++)
        {
            if (text[at] != '\\')
                continue;

            if (text[at + 1] == '"')
                return at + 2;

            at += text[at + 1] == '\\' ? 3 : 1;
        }

        return -1;
    }
}
