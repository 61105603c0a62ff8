using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The words and numbers by which loggers name levels. Pure.</summary>
internal static class LevelNames
{
    /// <summary>Longest word there is: <c>information</c>.</summary>
    public const int LengthMax = 11;

    const int LengthMin = 3;

    /// <summary>Reads a level's name, in any case.</summary>
    /// <returns>False, with INFO, where it is none.</returns>
    public static bool TryParse(ReadOnlySpan<byte> word, out LogLevel level)
    {
        level = LogLevel.Info;
        if (word.Length is < LengthMin or > LengthMax)
            return false;

        // The first letter leaves at most six words to compare.
        var (name, found) = ((char)(word[0] | 0x20)) switch
        {
            'i' => Of(LogLevel.Info, word, "info"u8, "information"u8),
            'w' => Of(LogLevel.Warn, word, "warn"u8, "warning"u8),
            'e' => IsEmergency(word) ? (LogLevel.Fatal, true) : Of(LogLevel.Error, word, "error"u8, "err"u8),
            'd' => Of(LogLevel.Debug, word, "debug"u8, "dbug"u8),
            't' => Of(LogLevel.Trace, word, "trace"u8, "trce"u8),
            'f' => Is(word, "fail"u8) ? (LogLevel.Error, true) : Of(LogLevel.Fatal, word, "fatal"u8),
            'c' => Of(LogLevel.Fatal, word, "critical"u8, "crit"u8),
            'n' => Of(LogLevel.Info, word, "notice"u8),
            'a' => Of(LogLevel.Fatal, word, "alert"u8),
            'p' => Of(LogLevel.Fatal, word, "panic"u8),
            's' => Of(LogLevel.Error, word, "severe"u8),
            'v' => Of(LogLevel.Trace, word, "verbose"u8),
            _ => (LogLevel.Info, false),
        };
        level = name;
        return found;
    }

    /// <summary>
    /// Reads a level as pino and bunyan number them: 10 is TRACE, 60 is FATAL, and what lies between counts as the lower.
    /// </summary>
    /// <param name="number">A JSON number.</param>
    /// <param name="level">The level; INFO where it is none.</param>
    public static bool TryParseNumber(ReadOnlySpan<byte> number, out LogLevel level)
    {
        level = LogLevel.Info;
        if (number.Length != 2 || number[0] is < (byte)'1' or > (byte)'6' || !char.IsAsciiDigit((char)number[1]))
            return false;

        level = (LogLevel)(number[0] - '1');
        return number[0] != '6' || number[1] == '0';
    }

    static (LogLevel, bool) Of(LogLevel level, ReadOnlySpan<byte> word, ReadOnlySpan<byte> name, ReadOnlySpan<byte> other = default)
    {
        var found = Is(word, name) || Is(word, other);
        return (found ? level : LogLevel.Info, found);
    }

    static bool IsEmergency(ReadOnlySpan<byte> word) => Is(word, "emergency"u8) || Is(word, "emerg"u8);

    static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lower) => word.Length == lower.Length && Ascii.EqualsIgnoreCase(word, lower);
}
