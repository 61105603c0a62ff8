using System.Buffers.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The numbers that libraries use for levels. Pure.</summary>
internal static class LevelNumbers
{
    /// <summary>Parses a numeric level.</summary>
    /// <param name="number">A JSON number, or its text.</param>
    /// <param name="scale">The library's numbering.</param>
    /// <param name="level">The level; INFO if it is not one.</param>
    /// <returns>False if the scale does not contain the number.</returns>
    public static bool TryParse(ReadOnlySpan<byte> number, LevelScale scale, out LogLevel level)
    {
        level = LogLevel.Info;
        if (!Utf8Parser.TryParse(number, out int value, out var used) || used != number.Length || value < 0)
            return false;

        LogLevel? found = scale switch
        {
            LevelScale.Python => OfPython(value),
            LevelScale.Syslog => OfSyslog(value),
            LevelScale.Ascending => value <= 5 ? (LogLevel)value : null,
            LevelScale.Tslog => value <= 6 ? (LogLevel)Math.Max(0, value - 1) : null,
            LevelScale.Azure => OfAzure(value),
            LevelScale.OpenTelemetry => value is >= 1 and <= 24 ? (LogLevel)((value - 1) / 4) : null,
            LevelScale.Google => OfGoogle(value),
            _ => BySize(value),
        };
        level = found ?? LogLevel.Info;
        return found is not null;
    }

    /// <summary>
    /// A number half way between two levels, as programs number levels of their own, counts as the lower one. Any other number is of
    /// something else, a map's zoom or the level of a game.
    /// </summary>
    static LogLevel? BySize(int value) => value switch
    {
        < 10 => null,
        <= 60 => value % 5 == 0 ? (LogLevel)(value / 10 - 1) : null,
        100 => LogLevel.Debug,
        200 or 250 => LogLevel.Info,
        300 => LogLevel.Warn,
        400 => LogLevel.Error,
        500 or 550 or 600 => LogLevel.Fatal,
        5_000 => LogLevel.Trace,
        10_000 => LogLevel.Debug,
        20_000 => LogLevel.Info,
        30_000 => LogLevel.Warn,
        40_000 => LogLevel.Error,
        50_000 => LogLevel.Fatal,
        _ => null,
    };

    static LogLevel? OfPython(int value) => value switch
    {
        0 or > 60 => null,
        < 10 => LogLevel.Trace,
        < 20 => LogLevel.Debug,
        < 30 => LogLevel.Info,
        < 40 => LogLevel.Warn,
        < 50 => LogLevel.Error,
        _ => LogLevel.Fatal,
    };

    static LogLevel? OfSyslog(int value) => value switch
    {
        <= 2 => LogLevel.Fatal,
        3 => LogLevel.Error,
        4 => LogLevel.Warn,
        5 or 6 => LogLevel.Info,
        7 => LogLevel.Debug,
        _ => null,
    };

    static LogLevel? OfAzure(int value) => value switch
    {
        0 => LogLevel.Trace,
        1 => LogLevel.Info,
        2 => LogLevel.Warn,
        3 => LogLevel.Error,
        4 => LogLevel.Fatal,
        _ => null,
    };

    static LogLevel? OfGoogle(int value) => value switch
    {
        200 or 300 => LogLevel.Info,
        100 => LogLevel.Debug,
        400 => LogLevel.Warn,
        500 => LogLevel.Error,
        600 or 700 or 800 => LogLevel.Fatal,
        _ => null,
    };
}
