using LambdaLogs.Extension.Delivery;
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

    /// <summary>Whether the endpoint is tried at the moment.</summary>
    public required CircuitBreaker Breaker { get; init; }

    /// <summary>Where batches go.</summary>
    public required IDestination Destination { get; init; }

    /// <summary>Own log lines.</summary>
    public required ExtensionLog Log { get; init; }

    /// <summary>Longest time <c>/next</c> was held behind a handler.</summary>
    public TimeSpan LongestHold { get; private set; }

    /// <summary><c>/next</c> was held.</summary>
    public void Held(TimeSpan time) => LongestHold = time > LongestHold ? time : LongestHold;

    /// <summary>The sandbox was frozen: connections are dead or dying, and a request that was under way is sent again.</summary>
    public void Thawed()
    {
        Destination.DropConnections();
        Pipeline.Interrupt();
    }

    /// <summary>Sends what waits and pauses. Blocks until it is over, by the deadline at the latest.</summary>
    public FlushResult Flush(DateTimeOffset deadline)
    {
        // The one place where this thread waits for the thread pool. A flush ends by its own timer; the limit is for a pool without a free thread.
        var flush = Pipeline.FlushAsync(deadline, pause: true);
        var left = deadline - Time.GetUtcNow();
        var limit = (left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromMilliseconds(100);
        return flush.Wait(limit) ? flush.GetAwaiter().GetResult() : FlushResult.CutOff;
    }
}
