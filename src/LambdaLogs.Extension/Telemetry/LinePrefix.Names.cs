using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Levels and names that only their surroundings tell from the words of a sentence.</summary>
internal ref partial struct LinePrefix
{
    /// <summary>
    /// Reads a letter that is the level: after a time in brackets of its own or before a name in brackets (Semantic Logger, Beego), before
    /// a time within brackets (<c>[E 260314 09:26:53 web:12]</c> of Tornado), or with an exclamation mark (<c>E!</c> of Telegraf).
    /// </summary>
    bool TakeLetter(in PrefixWords words, ReadOnlySpan<byte> rest, int count)
    {
        var word = words.Word;
        if (word.IsEmpty || !char.IsAsciiLetterUpper((char)word[0]) || (word.Length == 2 && word[1] != '!'))
            return false;

        bool isLevel;
        if (word.Length == 2)
            isLevel = _hasTime && !words.IsBracketed;
        else if (words.IsBracketed)
            isLevel = words.OpensBracket && (words.ClosesBracket ? _hasTime : count == 0 && HasClock(rest));
        else
            isLevel = _hasTime && rest.TrimStart((byte)' ').StartsWith("["u8);

        return isLevel && "TVDIWEFC"u8.Contains(word[0]) && LevelNames.TryParseLetter(word[0], out var level) && Named(true, level);
    }

    /// <summary>Whether a date and a time of day begin a text.</summary>
    static bool HasClock(ReadOnlySpan<byte> rest)
    {
        var space = rest.IndexOf((byte)' ');
        return !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]) && space is > 5 and < 11
            && rest.Length > space + 6 && rest[space + 3] == ':' && rest[space + 6] == ':';
    }

    /// <summary>
    /// Whether a level in small letters after a time stands before what it labels: <c>error [shop]: …</c> of winston, <c>error shop : …</c>
    /// and <c>error shop: [Shop] …</c> of Swift, whose time has a zone without a colon.
    /// </summary>
    readonly bool IsBeforeLabel(in PrefixWords words, ReadOnlySpan<byte> rest)
    {
        if (!_hasTime || words.IsBracketed || words.Word[0] < 'a' || rest.IsEmpty)
            return false;

        if (rest[0] == '[')
            return true;

        var end = rest.IndexOf((byte)' ');
        var hasZone = _time.Length > 5 && _time[^5] is (byte)'+' or (byte)'-';
        return end > 0 && hasZone && (rest[end - 1] == ':' || rest[(end + 1)..].StartsWith(":"u8)) && rest[end..].Contains((byte)'[');
    }

    /// <summary>
    /// Accepts a name that could be any word, if what follows it leaves no doubt: <c>shop - ERROR - </c>, <c>nginx: [emerg]</c>; after a
    /// time with a comma, as Python and log4j write it, a level in capitals; after a month and a time the host and program of syslog.
    /// </summary>
    bool TakeBareName(in PrefixWords words, ReadOnlySpan<byte> rest, int count)
    {
        var word = words.Word;
        if (words.IsBracketed || rest.IsEmpty || !(PrefixWord.IsPlain(word) || _isSyslog))
            return false;

        if (count == 0)
            return words.IsBarred ? IsLevelBefore(rest, (byte)'|') : IsHeading(word, rest);

        if (_hasDate && _hasTime && _names < 2)
        {
            _isSyslog = true;
            _names++;
            var next = rest[..Math.Max(0, rest.IndexOf((byte)' '))];
            return word[^1] == ':' || (next is [.., (byte)':'] && !PrefixWord.TryReadLevel(next, isMarked: true, out _));
        }

        return _hasTime && _names == 0 && _time.Contains((byte)',') && IsLevelBefore(rest, (byte)' ');
    }

    static bool IsHeading(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest)
    {
        if (rest.StartsWith("- "u8))
            return IsLevelBefore(rest[2..], (byte)'-');

        if (word[^1] != ':' || rest[0] != '[')
            return false;

        var words = new PrefixWords(rest);
        return words.Next() && words.ClosesBracket && PrefixWord.TryReadLevel(words.Word, isMarked: true, out _);
    }

    /// <summary>Whether a text begins with a level in capitals, padded perhaps, and then the separator.</summary>
    static bool IsLevelBefore(ReadOnlySpan<byte> rest, byte separator)
    {
        rest = rest.TrimStart((byte)' ');
        var end = rest.IndexOf((byte)' ');
        if (end <= 0 || !LevelNames.IsCapital(rest[..end]) || !LevelNames.TryParseWord(rest[..end], out _))
            return false;

        return separator == ' ' || rest[end..].TrimStart((byte)' ') is [var next, ..] && next == separator;
    }

    /// <summary>Reads what npm and programs with its logger write: <c>npm ERR! code E404</c>, <c>npm warn deprecated …</c>.</summary>
    /// <returns>False if the next word is no level of npm's.</returns>
    bool TakeNpm(ref PrefixWords words)
    {
        if (!words.Next())
            return false;

        var word = words.Word;
        LogLevel? level = word.Length switch
        {
            4 when word.SequenceEqual("ERR!"u8) => LogLevel.Error,
            5 when word.SequenceEqual("error"u8) => LogLevel.Error,
            4 when word.SequenceEqual("WARN"u8) || word.SequenceEqual("warn"u8) => LogLevel.Warn,
            4 when word.SequenceEqual("verb"u8) || word.SequenceEqual("sill"u8) => LogLevel.Trace,
            5 when word.SequenceEqual("silly"u8) => LogLevel.Trace,
            7 when word.SequenceEqual("verbose"u8) => LogLevel.Trace,
            _ => null,
        };
        return level is { } known && Named(true, known);
    }
}
