using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>Hands on a number of lines a second, and all that is no line.</summary>
/// <param name="options">How many.</param>
/// <param name="tools">The clock, the counts.</param>
/// <param name="next">Takes what is not too much.</param>
internal sealed class RateLimiter(RateLimitOptions options, RuleTools tools, IRecordSink next) : IRecordSink
{
    double _free = options.Burst;
    long _last = tools.Time.GetTimestamp();

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (!record.IsWritten() || Take())
            next.Add(record);
        else
            tools.Counts.Removed(Rule.RateLimit, 1);
    }

    bool Take()
    {
        // The clock is asked only where it matters: most functions are far below their limit.
        if (_free < 1)
        {
            var now = tools.Time.GetTimestamp();
            _free = Math.Min(options.Burst, _free + (tools.Time.GetElapsedTime(_last, now).TotalSeconds * options.PerSecond));
            _last = now;
        }

        if (_free < 1)
            return false;

        _free--;
        return true;
    }
}
