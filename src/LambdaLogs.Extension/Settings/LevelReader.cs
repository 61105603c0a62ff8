using System.Text;
using LambdaLogs.Extension.Processing.Levels;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Settings;

/// <summary>Reads LOGS_MIN_LEVEL: a level, and levels of loggers.</summary>
internal static class LevelReader
{
    /// <summary>Reads the setting.</summary>
    /// <returns>Null: not set, or nothing of it is valid.</returns>
    public static LevelOptions? Read(EnvironmentReader reader)
    {
        if (reader.Text(ProcessingVariables.MinLevel) is not { } text)
            return null;

        var least = LogLevel.Trace;
        var loggers = new List<KeyValuePair<string, LogLevel>>();
        foreach (var part in RuleReader.SplitNames(text))
        {
            var equals = part.LastIndexOf('=');
            if (!TryParse(part[(equals + 1)..], out var level) || equals == 0)
                reader.Problem(ProcessingVariables.MinLevel, null, $"\"{ExpressionReader.Excerpt(part)}\" is left out");
            else if (equals < 0)
                least = level;
            else
                loggers.Add(new(part[..equals].TrimEnd('*').TrimEnd('.'), level));
        }

        return least == LogLevel.Trace && loggers.Count == 0 ? null : new LevelOptions { Minimum = least, Loggers = loggers };
    }

    /// <summary>Parses a level's name, ignoring case.</summary>
    public static bool TryParse(string text, out LogLevel level) => LevelNames.TryParseWord(Encoding.UTF8.GetBytes(text), out level);
}
