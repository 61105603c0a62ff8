using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Handles SHUTDOWN: late telemetry, final records, the final flush and the summary, all before the deadline.</summary>
/// <param name="signals">The platform events seen so far.</param>
/// <param name="flow">The pipeline and the other shared objects.</param>
internal sealed class Shutdown(PlatformSignals signals, Flow flow)
{
    /// <summary>Runs the shutdown. The process exits afterwards.</summary>
    /// <param name="shutdown">The SHUTDOWN event.</param>
    /// <param name="last">The last invocation. Null: there was none.</param>
    public void Run(PlatformEvent shutdown, Invocation? last)
    {
        var now = flow.Time.GetUtcNow();
        var deadline = Budget.ForShutdown(now, shutdown.Deadline);
        flow.Pipeline.BeginEnd();
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
    /// The report of the last invocation is created only after its last <c>/next</c>, so it arrives now. A runtime may also write lines
    /// while it is being terminated.
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
