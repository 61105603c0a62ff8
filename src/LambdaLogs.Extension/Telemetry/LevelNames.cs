using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The names that loggers use for levels. Pure.</summary>
/// The table in tests/LambdaLogs.Extension.Tests/Telemetry/levels.jsonl links the documentation of each library.
internal static class LevelNames
{
    /// <summary>Longest name: <c>informational</c>.</summary>
    public const int LengthMax = 13;

    const int LengthMin = 3;

    /// <summary>Parses the value of a level field: a name in any case, its first letter, or a name with an offset.</summary>
    /// <returns>False, with INFO, if it is not a level.</returns>
    public static bool TryParse(ReadOnlySpan<byte> word, out LogLevel level)
    {
        if (word.Length == 1)
            return TryParseLetter(word[0], out level);

        return TryParseName(word, out level) || TryParseRare(word, out level);
    }

    /// <summary>Parses a word in the prefix of a line: names that are also English words count only in capitals.</summary>
    /// <param name="word">The word.</param>
    /// <param name="level">The level; INFO if it is not one.</param>
    public static bool TryParseWord(ReadOnlySpan<byte> word, out LogLevel level)
    {
        if (TryParseName(word, out level))
            return true;

        return IsCapital(word) && !Is(word, "http"u8) && TryParseRare(word, out level);
    }

    /// <summary>Parses a word in the prefix of a line, and only in capitals.</summary>
    /// <param name="word">The word.</param>
    /// <param name="level">The level; INFO if it is not one.</param>
    public static bool TryParseCapital(ReadOnlySpan<byte> word, out LogLevel level) =>
        TryParseUsual(word, out level) || (IsCapital(word) && TryParseWord(word, out level));

    /// <summary>Parses the first letter of a level, as klog, Ruby and others write it.</summary>
    public static bool TryParseLetter(byte letter, out LogLevel level)
    {
        level = ((char)(letter | 0x20)) switch
        {
            't' or 'v' => LogLevel.Trace,
            'd' => LogLevel.Debug,
            'w' => LogLevel.Warn,
            'e' => LogLevel.Error,
            'f' or 'c' or 'a' or 'p' => LogLevel.Fatal,
            _ => LogLevel.Info,
        };
        return level != LogLevel.Info || (letter | 0x20) is 'i' or 'n';
    }

    /// <summary>Whether a word has capital letters only; punctuation and digits may follow the first one.</summary>
    public static bool IsCapital(ReadOnlySpan<byte> word) => !word.IsEmpty && word[0] is >= (byte)'A' and <= (byte)'Z'
        && !word.ContainsAnyInRange((byte)'a', (byte)'z');

    /// <summary>The names that Lambda's runtimes write themselves: nearly all of what is parsed.</summary>
    static bool TryParseUsual(ReadOnlySpan<byte> word, out LogLevel level)
    {
        level = LogLevel.Info;
        if (word.SequenceEqual("INFO"u8))
            return true;

        level = word.SequenceEqual("ERROR"u8) ? LogLevel.Error
            : word.SequenceEqual("WARN"u8) ? LogLevel.Warn
            : word.SequenceEqual("DEBUG"u8) ? LogLevel.Debug
            : LogLevel.Info;
        return level != LogLevel.Info;
    }

    static bool TryParseName(ReadOnlySpan<byte> word, out LogLevel level)
    {
        level = LogLevel.Info;
        word = WithoutOffset(word, out var offset);
        if (word.Length is < LengthMin or > LengthMax)
            return false;

        // The first letter leaves only a few names to compare.
        bool found;
        (level, found) = ((char)(word[0] | 0x20)) switch
        {
            'i' => Of(LogLevel.Info, Is(word, "info"u8) || Is(word, "inf"u8) || Is(word, "information"u8) || Is(word, "informational"u8)),
            'w' => Of(LogLevel.Warn, Is(word, "warn"u8) || Is(word, "warning"u8) || Is(word, "wrn"u8)),
            'e' => IsEmergency(word) ? (LogLevel.Fatal, true) : Of(LogLevel.Error, IsError(word)),
            'd' => Is(word, "dpanic"u8) ? (LogLevel.Fatal, true) : Of(LogLevel.Debug, IsDebug(word)),
            't' => Of(LogLevel.Trace, Is(word, "trace"u8) || Is(word, "trce"u8) || Is(word, "trc"u8) || Is(word, "trac"u8)),
            'f' => Is(word, "fail"u8) ? (LogLevel.Error, true) : Of(LogLevel.Fatal, IsFatal(word)),
            'c' => Of(LogLevel.Fatal, Is(word, "critical"u8) || Is(word, "crit"u8)),
            'n' => Of(LogLevel.Info, Is(word, "notice"u8)),
            'a' => Of(LogLevel.Fatal, Is(word, "alert"u8)),
            'p' => Of(LogLevel.Fatal, Is(word, "panic"u8) || Is(word, "pani"u8)),
            's' => Is(word, "silly"u8) ? (LogLevel.Trace, true) : Of(LogLevel.Error, Is(word, "severe"u8)),
            'v' => Of(LogLevel.Trace, Is(word, "verbose"u8) || Is(word, "verb"u8) || Is(word, "vrb"u8)),
            _ => (LogLevel.Info, false),
        };

        // slog writes four or more below DEBUG as DEBUG-4, which its documentation calls trace.
        if (offset <= -4 && level == LogLevel.Debug)
            level = LogLevel.Trace;
        return found;
    }

    /// <summary>Names that are also English words, or that only one library uses.</summary>
    static bool TryParseRare(ReadOnlySpan<byte> word, out LogLevel level)
    {
        (level, var found) = ((char)(word.IsEmpty ? 0 : word[0] | 0x20)) switch
        {
            'f' when Is(word, "fine"u8) => (LogLevel.Debug, true),
            'f' => Of(LogLevel.Trace, Is(word, "finer"u8) || Is(word, "finest"u8)),
            'c' => Of(LogLevel.Debug, Is(word, "config"u8)),
            'l' => Of(LogLevel.Info, Is(word, "log"u8)),
            'h' => Of(LogLevel.Debug, Is(word, "http"u8)),
            'd' => Of(LogLevel.Info, Is(word, "default"u8)),
            's' => Of(LogLevel.Info, Is(word, "success"u8)),

            // Java's runtime writes UNDEFINED for lines without a level.
            'u' => Of(LogLevel.Info, Is(word, "undefined"u8)),
            _ => (LogLevel.Info, false),
        };
        return found;
    }

    /// <summary>Removes the suffix of slog (<c>ERROR+4</c>) and of OpenTelemetry (<c>ERROR2</c>).</summary>
    static ReadOnlySpan<byte> WithoutOffset(ReadOnlySpan<byte> word, out int offset)
    {
        offset = 0;
        var end = word.Length;
        while (end > 0 && word[end - 1] is >= (byte)'0' and <= (byte)'9' && word.Length - end < 3)
            end--;
        if (end == word.Length || end == 0)
            return word;

        foreach (var digit in word[end..])
            offset = (offset * 10) + digit - '0';
        if (word[end - 1] is not ((byte)'+' or (byte)'-'))
            return offset is >= 2 and <= 4 ? word[..end] : word;

        offset = word[end - 1] == '-' ? -offset : offset;
        return word[..(end - 1)];
    }

    static (LogLevel, bool) Of(LogLevel level, bool found) => (found ? level : LogLevel.Info, found);

    static bool IsError(ReadOnlySpan<byte> word) =>
        Is(word, "error"u8) || Is(word, "err"u8) || Is(word, "erro"u8) || Is(word, "eror"u8);

    static bool IsDebug(ReadOnlySpan<byte> word) => Is(word, "debug"u8) || Is(word, "dbug"u8) || Is(word, "dbg"u8)
        || Is(word, "debg"u8) || Is(word, "debu"u8);

    static bool IsFatal(ReadOnlySpan<byte> word) =>
        Is(word, "fatal"u8) || Is(word, "ftl"u8) || Is(word, "fata"u8) || Is(word, "fatl"u8);

    static bool IsEmergency(ReadOnlySpan<byte> word) => Is(word, "emergency"u8) || Is(word, "emerg"u8);

    static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lower)
    {
        if (word.Length != lower.Length)
            return false;

        for (var at = 0; at < word.Length; at++)
        {
            if ((word[at] | 0x20) != lower[at])
                return false;
        }

        return true;
    }
}
