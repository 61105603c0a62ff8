using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>What the loops share: the pipeline, the telemetry receiver, the log and the counters. Used by the loop's thread only.</summary>
internal sealed class LoopContext
{
    /// <summary>The wall clock and the monotonic clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The pipeline that records go through.</summary>
    public required LogPipeline Pipeline { get; init; }

    /// <summary>Feeds telemetry into the pipeline.</summary>
    public required TelemetryReceiver Receiver { get; init; }

    /// <summary>The extension's own log.</summary>
    public required ExtensionLog Log { get; init; }

    /// <summary>The longest time that <c>/next</c> was held after a handler.</summary>
    public TimeSpan LongestHold { get; private set; }

    /// <summary>The total time that <c>/next</c> was held after handlers.</summary>
    public TimeSpan TotalHold { get; private set; }

    /// <summary>Writes metrics. Null: metrics are off.</summary>
    public MetricsReport? Metrics { get; set; }

    /// <summary>Counts how long <c>/next</c> was held.</summary>
    public void AddHold(TimeSpan time)
    {
        TotalHold += time;
        LongestHold = time > LongestHold ? time : LongestHold;
    }

    /// <summary>Call after a freeze: connections are probably dead, so a request in progress is sent again over a new one.</summary>
    /// <param name="begunBefore">Only requests that began before this timestamp of the monotonic clock are interrupted.</param>
    public void InterruptStaleAttempt(long begunBefore) => Pipeline.Interrupt(begunBefore);

    /// <summary>Sends everything that waits, then pauses. Blocks until it is done, at the latest until the deadline.</summary>
    /// <param name="deadline">The deadline, by the wall clock.</param>
    /// <param name="isFinal">Whether the process ends afterwards.</param>
    public FlushResult Flush(DateTimeOffset deadline, bool isFinal = false) => Pipeline.Flush(deadline, isFinal);
}
