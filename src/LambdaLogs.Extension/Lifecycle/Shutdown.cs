using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>The end: late telemetry, final records, the final flush, the summary; all before the deadline, for every reason.</summary>
/// <param name="signals">What the platform's events told.</param>
/// <param name="flow">The pipeline and what leads into it.</param>
internal sealed class Shutdown(PlatformSignals signals, Flow flow)
{
    /// <summary>Does it. Nothing is left to do afterwards but to exit.</summary>
    /// <param name="shutdown">The event.</param>
    /// <param name="last">The last invocation. Null: there was none.</param>
    public void Run(PlatformEvent shutdown, Invocation? last)
    {
        var now = flow.Time.GetUtcNow();
        var deadline = Budget.ForShutdown(now, shutdown.Deadline);
        // What waits is on its way while the rest is awaited.
        flow.Pipeline.Resume(now);
        AwaitLateTelemetry(last, Budget.Shorter(Budget.LateTelemetry, deadline - now));
        flow.Receiver.FlushHeld(TimeSpan.Zero);
        flow.Pipeline.Drain(all: true);

        var done = last is null ? null : signals.FindRuntimeDone(last.RequestId);
        if (FinalRecords.Of(shutdown, last, done, flow.Time.GetUtcNow()) is { } words)
            flow.Pipeline.AddOwn(words);

        flow.Flush(Budget.BeforeSpill(flow.Time.GetUtcNow(), deadline, flow.Pipeline.TimeToKeep), isFinal: true);
        flow.Pipeline.Close(deadline);
        flow.Metrics?.Report(isFinal: true);
        flow.Log.Info($"{Summary()}, longest hold {flow.LongestHold.TotalMilliseconds:0} ms");
    }

    /// <summary>
    /// The last invocation's report is made only after its last <c>/next</c>, so it comes now; and a runtime may write lines while it is
    /// being ended.
    /// </summary>
    void AwaitLateTelemetry(Invocation? last, TimeSpan limit)
    {
        var start = flow.Time.GetTimestamp();
        if (last is not null)
            signals.WaitFor(seen => seen.FindReport(last.RequestId) is not null, limit);
        SettleTime.Wait(signals, flow.Time, limit - flow.Time.GetElapsedTime(start));
    }

    string Summary()
    {
        using (flow.Pipeline.Enter())
        {
            flow.Pipeline.Ledger.PlatformDrop(signals.DroppedRecords);
            return flow.Pipeline.Summary();
        }
    }
}
