using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>Forwards a limited number of lines per second (a token bucket). Records that are not lines pass.</summary>
/// <param name="options">The limit.</param>
/// <param name="services">The clock and the counters.</param>
/// <param name="next">Receives the remaining records.</param>
internal sealed class RateLimiter(RateLimitOptions options, RuleServices services, IRecordSink next) : IRecordSink
{
    double _free = options.Burst;
    long _last = services.Time.GetTimestamp();

    /// <inheritdoc/>
    public void Add(in LogRecord record)
    {
        if (!record.IsWrittenLine() || TryTake())
            next.Add(record);
        else
            services.Counts.Removed(Rule.RateLimit, 1);
    }

    bool TryTake()
    {
        // The clock is read only if necessary: most functions are far below their limit.
        if (_free < 1)
        {
            var now = services.Time.GetTimestamp();
            _free = Math.Min(options.Burst, _free + (services.Time.GetElapsedTime(_last, now).TotalSeconds * options.PerSecond));
            _last = now;
        }

        if (_free < 1)
            return false;

        _free--;
        return true;
    }
}
