using System.Text;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// Writes delivery metrics, at most once a minute and at the end, if anything has changed. Used by the loop's thread only.
/// </summary>
/// <param name="context">Provides the counters.</param>
/// <param name="function">The function's name.</param>
/// <param name="write">Writes the lines to standard output.</param>
internal sealed class MetricsReport(LoopContext context, string function, LineWriter write)
{
    static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    MetricCounts _last = new();
    long? _since;

    /// <summary>Call after each flush.</summary>
    /// <param name="isFinal">Whether the process ends afterwards.</param>
    public void Report(bool isFinal)
    {
        if (!isFinal && _since is { } since && context.Time.GetElapsedTime(since) < Period)
            return;

        var now = Counts();
        if (_since is not null && !isFinal && IsSame(now))
            return;

        _since = context.Time.GetTimestamp();
        write(Encoding.UTF8.GetBytes(MetricsLine.Write(now, _last, function, context.Time.GetUtcNow()) + "\n"));
        _last = now;
    }

    MetricCounts Counts()
    {
        using (context.Pipeline.Enter())
        {
            return MetricCounts.Of(context.Pipeline.Ledger) with
            {
                IsCircuitOpen = context.Pipeline.UntilAttempt > TimeSpan.Zero,
                BufferedBytes = context.Pipeline.BufferedBytes,
                HeldTime = context.TotalHold,
            };
        }
    }

    bool IsSame(MetricCounts now) => now.Delivered == _last.Delivered && now.Dropped.AsSpan().SequenceEqual(_last.Dropped)
        && now.Retries == _last.Retries && now.IsCircuitOpen == _last.IsCircuitOpen && now.HeldTime == _last.HeldTime
        && now.BufferedBytes == _last.BufferedBytes;
}
