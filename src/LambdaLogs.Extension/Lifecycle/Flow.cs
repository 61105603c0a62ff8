using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>The pipeline as the loops see it, and what is around it. The loop's thread only.</summary>
internal sealed class Flow
{
    /// <summary>Both clocks.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The way of the records.</summary>
    public required LogPipeline Pipeline { get; init; }

    /// <summary>What leads into it.</summary>
    public required TelemetryReceiver Receiver { get; init; }

    /// <summary>Own log lines.</summary>
    public required ExtensionLog Log { get; init; }

    /// <summary>Longest time <c>/next</c> was held behind a handler.</summary>
    public TimeSpan LongestHold { get; private set; }

    /// <summary>The time that <c>/next</c> was held behind handlers, all together.</summary>
    public TimeSpan AllHolds { get; private set; }

    /// <summary>Writes metrics. Null: they are off.</summary>
    public MetricsReport? Metrics { get; set; }

    /// <summary><c>/next</c> was held.</summary>
    public void Held(TimeSpan time)
    {
        AllHolds += time;
        LongestHold = time > LongestHold ? time : LongestHold;
    }

    /// <summary>The sandbox was frozen: connections are dead or dying, and a request that was under way is sent again.</summary>
    /// <param name="begunBefore">Only requests that began before this time, by the monotonic clock.</param>
    public void Thawed(long begunBefore) => Pipeline.Interrupt(begunBefore);

    /// <summary>Sends what waits and pauses. Blocks until it is over, by the deadline at the latest.</summary>
    /// <param name="deadline">By the wall clock.</param>
    /// <param name="isFinal">Whether the process ends afterwards.</param>
    public FlushResult Flush(DateTimeOffset deadline, bool isFinal = false) => Pipeline.Flush(deadline, isFinal);
}
