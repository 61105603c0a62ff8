using System.Runtime.Intrinsics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Classifies a word in the prefix of a line. Pure.</summary>
internal static class PrefixWord
{
    /// <summary>Shortest time: <c>09:26</c>.</summary>
    const int TimeLengthMin = 5;

    /// <summary>Number of parts between colons that are examined: three of a time, a name and the level.</summary>
    const int PartsMax = 5;

    /// <summary>Length of a request id.</summary>
    public const int UuidLength = 36;

    /// <summary>
    /// Parses a level. If it is marked by brackets, a colon, a tab, bars, a colour or angle brackets, in any case; unmarked only in
    /// capitals. A line that begins with <c>Error while</c> does not state a level.
    /// </summary>
    /// <param name="word">The word.</param>
    /// <param name="isMarked">Whether the surrounding characters mark it.</param>
    /// <param name="level">The level; INFO if it is not one.</param>
    public static bool TryReadLevel(ReadOnlySpan<byte> word, bool isMarked, out LogLevel level)
    {
        level = LogLevel.Info;
        if (word.Length is < 3 or > LevelNames.LengthMax + 6)
            return false;

        // Logback's own status has a line of a tree before the level: 09:26:53,470 |-WARN in
        if (isMarked && word[0] == '-')
            word = word[1..];

        if (word[^1] == ':')
        {
            word = word[..^1];
            isMarked = true;
        }
        else if (word[0] == '<' && word[^1] == '>')
        {
            word = word[1..^1];
            isMarked = true;
        }
        else if (word[^1] == '!')
        {
            word = word[..^1];
        }

        return (isMarked || LevelNames.IsCapital(word)) && LevelNames.TryParseWord(word, out level);
    }

    /// <summary>
    /// Parses a level in capitals that is a part of its word: <c>WARNING:root:message</c> of Python, <c>production.ERROR:</c> of Monolog,
    /// <c>ERRO[0000]</c> of logrus, <c>ERROR/MainProcess</c> of Celery; <c>core:error</c> of Apache if it is in brackets.
    /// </summary>
    /// <param name="words">The word and its surroundings.</param>
    /// <param name="level">The level; INFO if it is not one.</param>
    public static bool TryReadPart(in PrefixWords words, out LogLevel level)
    {
        level = LogLevel.Info;
        var word = words.Word;
        var end = word.IndexOfAny(":[/.#"u8);
        if (end <= 0)
            return false;

        if (word[end] == '.')
            return word[^1] == ':' && IsLevel(word[(word[..^1].LastIndexOf((byte)'.') + 1)..^1], out level);

        if (word[end] == '[')
            return end + 1 < word.Length && char.IsAsciiDigit((char)word[end + 1]) && IsLevel(word[..end], out level);

        if (words.IsBracketed && words.OpensBracket && words.ClosesBracket && word[end] is (byte)':' or (byte)'#')
            return LevelNames.TryParseWord(word[(end + 1)..], out level);

        var isPart = word[end] == ':' ? end < word.Length - 1 && word[end + 1] != '/' : words.IsBracketed;
        return isPart && (IsLevel(word[..end], out level) || TryReadAfterName(word, out level));
    }

    /// <summary>
    /// Parses a level in capitals between colons, after a name or a time: <c>shop:ERROR:no</c>, <c>09:26:53,470:ERROR:no</c>; and
    /// <c>log4j:WARN</c>.
    /// </summary>
    static bool TryReadAfterName(ReadOnlySpan<byte> word, out LogLevel level)
    {
        level = LogLevel.Info;
        if (word.StartsWith("log4j:"u8))
            return IsLevel(word["log4j:"u8.Length..], out level);

        var isTime = word.Length > TimeLengthMin && char.IsAsciiDigit((char)word[0]) && IsClock(word);
        for (var part = 0; part < (isTime ? PartsMax : 2); part++)
        {
            var end = word.IndexOf((byte)':');
            if (end < 0)
                return false;

            if (part > 0 && IsLevel(word[..end], out level))
                return true;

            word = word[(end + 1)..];
        }

        return false;
    }

    /// <summary>Whether it looks like a time or a date of any logger, or a part of one.</summary>
    public static bool IsTimeLike(ReadOnlySpan<byte> word)
    {
        if (word.Length < TimeLengthMin || !char.IsAsciiDigit((char)word[0]))
            return false;

        if (Rfc3339.IsCommon(word))
            return true;

        // For example 9:26AM, 14-Mar-2026, 2026-03-14T09:26:53.470+0000, 03/14/2026.
        var parts = 0;
        var letters = 0;
        foreach (var letter in word[1..])
        {
            if (letter is (byte)':' or (byte)'-' or (byte)'/')
                parts++;
            else if (char.IsAsciiLetter((char)letter))
                letters++;
            else if (!char.IsAsciiDigit((char)letter) && letter is not ((byte)'.' or (byte)',' or (byte)'+'))
                return false;
        }

        if (word[^1] == ':')
            parts--;
        return letters == 0
            ? parts > 1 || (parts == 1 && IsClock(word))
            : letters <= 3 && parts > 0 && HasTimeLetters(word, letters);
    }

    /// <summary>Whether it is a word of a date or next to a time: <c>Mar</c>, <c>Sat,</c>, <c>AM</c>, <c>UTC</c>.</summary>
    /// <param name="word">The word.</param>
    /// <param name="isAfterTime">Whether a time precedes it.</param>
    public static bool IsDateWord(ReadOnlySpan<byte> word, bool isAfterTime)
    {
        word = word.TrimEnd(",:"u8);
        if (isAfterTime && word is [(byte)'A' or (byte)'P', (byte)'M'] or [(byte)'Z'])
            return true;

        if (word.Length == 3)
            return isAfterTime && (word.SequenceEqual("UTC"u8) || word.SequenceEqual("GMT"u8)) ? true : IsMonthOrDay(word);

        return isAfterTime && word.Length is 5 or 6 && word[0] is (byte)'+' or (byte)'-' && !word[1..].ContainsAnyExcept("0123456789:"u8);
    }

    /// <summary>Whether it is a number: a process id, a day, an elapsed time.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> word) => !word.IsEmpty
        && word[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'#' or (byte)'+'
        && !word[1..].ContainsAnyExcept("0123456789.,e+"u8);

    /// <summary>Whether it is the time of a key-value line: <c>time=2024-05-15T23:59:20.159Z</c>, or quoted.</summary>
    public static bool IsNamedTime(ReadOnlySpan<byte> word) => word.StartsWith("time="u8) || word.StartsWith("ts="u8);

    /// <summary>Whether it has the form of a request id: <c>459921b5-681c-4a96-beb0-81e0aa586026</c>.</summary>
    public static bool IsRequestId(ReadOnlySpan<byte> word)
    {
        if (word.Length != UuidLength || word[8] != '-' || word[13] != '-' || word[18] != '-' || word[23] != '-')
            return false;

        return IsHex(word[..16]) && IsHex(word[16..32]) && IsHex(word[(UuidLength - 16)..]);
    }

    /// <summary>Whether it stands for a missing id.</summary>
    public static bool IsNoId(ReadOnlySpan<byte> word) => word.IsEmpty || word.SequenceEqual("undefined"u8) || word.SequenceEqual("null"u8);

    /// <summary>Whether it is only a separator: punctuation without letters and digits.</summary>
    public static bool IsRule(ReadOnlySpan<byte> word)
    {
        if (word.Length is 0 or > 6)
            return false;

        foreach (var letter in word)
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || "\"{}(),"u8.Contains(letter))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether it may be the name of a logger, a thread, a user or a place in the source: <c>c.e.Orders:12</c>, <c>main.go:12:</c>,
    /// <c>/app/main.go:12</c>, <c>user@db</c>, <c>Thread-1</c>, <c>OrderService</c>, <c>(MainThread)</c>, <c>place()</c>. Sentences have no
    /// such word before a level.
    /// </summary>
    public static bool IsName(ReadOnlySpan<byte> word)
    {
        word = word.TrimEnd((byte)':');
        if (word.Length < 3)
            return false;

        if (word[0] is (byte)'{' or (byte)'(')
            return word[^1] == (word[0] == '{' ? '}' : ')');

        var isPlace = word[0] == '/' || word[1..^1].IndexOfAny("./@_"u8) >= 0;
        if (isPlace)
            return char.IsAsciiLetterOrDigit((char)word[^1]) || word.EndsWith("()"u8);

        return char.IsAsciiLetter((char)word[0])
            && (word.SequenceEqual("main"u8) || word.SequenceEqual("root"u8) || IsThread(word) || HasInnerCapital(word));
    }

    /// <summary>Whether it is a plain word that may name a logger: letters, digits, hyphens and underscores.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterOrDigit((char)letter) && letter is not ((byte)'-' or (byte)'_' or (byte)'.' or (byte)':' or (byte)'/'))
                return false;
        }

        return word.Length > 1;
    }

    /// <summary>Whether a text begins with a module of Rust that ends its brackets: <c>shop::orders] no stock</c>.</summary>
    public static bool IsModule(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)' ');
        var end = text.IndexOf((byte)']');
        return end > 0 && text[0] is >= (byte)'a' and <= (byte)'z'
            && !text[..end].ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789_:"u8);
    }

    /// <summary><c>Thread-1</c>, <c>pool-1-thread-2</c></summary>
    static bool IsThread(ReadOnlySpan<byte> word) =>
        word.LastIndexOf((byte)'-') is > 0 and var at && at < word.Length - 1 && char.IsAsciiDigit((char)word[at + 1]);

    static bool HasInnerCapital(ReadOnlySpan<byte> word)
    {
        for (var at = 1; at < word.Length; at++)
        {
            if (!char.IsAsciiLetterOrDigit((char)word[at]))
                return false;

            if (char.IsAsciiLetterUpper((char)word[at]) && char.IsAsciiLetterLower((char)word[at - 1]))
                return true;
        }

        return false;
    }

    static bool IsLevel(ReadOnlySpan<byte> word, out LogLevel level)
    {
        level = LogLevel.Info;
        return LevelNames.IsCapital(word) && LevelNames.TryParseWord(word, out level);
    }

    static bool IsClock(ReadOnlySpan<byte> word) => word[1] == ':' || word[2] == ':';

    /// <summary>Whether the letters of a time are those of a zone, a month, AM or PM.</summary>
    static bool HasTimeLetters(ReadOnlySpan<byte> word, int letters)
    {
        var first = word.IndexOfAnyInRange((byte)'A', (byte)'z');
        return letters switch
        {
            1 => word[first] is (byte)'T' or (byte)'Z',
            2 when word[first] == 'T' => word[^1] == 'Z',
            2 => word[first..] is [(byte)'A' or (byte)'P' or (byte)'a' or (byte)'p', (byte)'M' or (byte)'m', ..],
            _ => first + 3 <= word.Length && IsMonthOrDay(word.Slice(first, 3)),
        };
    }

    /// <summary>Whether it is the short name of a month or a day.</summary>
    static bool IsMonthOrDay(ReadOnlySpan<byte> word) =>
        "JanFebMarAprMayJunJulAugSepOctNovDecSunMonTueWedThuFriSat"u8.IndexOf(word) is >= 0 and var at && at % 3 == 0;

    /// <summary>Whether 16 bytes are hexadecimal digits or dashes.</summary>
    static bool IsHex(ReadOnlySpan<byte> text)
    {
        var bytes = Vector128.Create(text);
        var digits = Vector128.LessThanOrEqual(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
        var lower = bytes | Vector128.Create((byte)0x20);
        var letters = Vector128.LessThanOrEqual(lower - Vector128.Create((byte)'a'), Vector128.Create((byte)5));
        return (digits | letters | Vector128.Equals(bytes, Vector128.Create((byte)'-'))) == Vector128<byte>.AllBitsSet;
    }
}
