using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Levels;

/// <summary>Removes lines below the minimum level. Records that are not lines pass.</summary>
internal sealed class LevelRule : IRecordSink
{
    readonly LogLevel _minimum;
    readonly (byte[] Name, LogLevel Least)[] _loggers;
    readonly IRuleCounts _counts;
    readonly IRecordSink _next;

    /// <summary>Creates the rule.</summary>
    /// <param name="options">The minimum levels.</param>
    /// <param name="counts">Counts removed lines.</param>
    /// <param name="next">Receives the remaining records.</param>
    public LevelRule(LevelOptions options, IRuleCounts counts, IRecordSink next)
    {
        _minimum = options.Minimum;
        _counts = counts;
        _next = next;
        _loggers = new (byte[], LogLevel)[options.Loggers.Count];
        for (var index = 0; index < _loggers.Length; index++)
            _loggers[index] = (Encoding.UTF8.GetBytes(options.Loggers[index].Key), options.Loggers[index].Value);
    }

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        // A line with an unknown level is never removed, because it may be severe.
        if (!record.IsWrittenLine() || record.LevelOrigin == LevelOrigin.Unrecognized || record.Level >= MinimumOf(record))
            _next.Add(record);
        else
            _counts.Removed(Rule.Level, 1);
    }

    /// <summary>Returns the minimum level for a record: that of the longest matching logger name.</summary>
    LogLevel MinimumOf(in LogRecord record)
    {
        if (_loggers.Length == 0 || record.Attributes.IsEmpty)
            return _minimum;

        var logger = LoggerName.Of(record.Attributes);
        var least = _minimum;
        var longest = -1;
        foreach (var (name, level) in _loggers)
        {
            if (name.Length <= longest || !LoggerName.IsWithin(logger, name))
                continue;

            longest = name.Length;
            least = level;
        }

        return least;
    }
}
