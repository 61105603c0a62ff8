using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Handles SHUTDOWN: late telemetry, final records, the final flush and the summary, all before the deadline.</summary>
/// <param name="signals">The platform events seen so far.</param>
/// <param name="context">The pipeline and the other shared objects.</param>
internal sealed class Shutdown(PlatformSignals signals, LoopContext context)
{
    /// <summary>Runs the shutdown. The process exits afterwards.</summary>
    /// <param name="shutdown">The SHUTDOWN event.</param>
    /// <param name="last">The last invocation. Null: there was none.</param>
    public void Run(PlatformEvent shutdown, Invocation? last)
    {
        var now = context.Time.GetUtcNow();
        var deadline = Budget.ForShutdown(now, shutdown.Deadline);
        context.Pipeline.BeginShutdown();
        AwaitLateTelemetry(last, Budget.Shorter(Budget.LateTelemetry, deadline - now));
        context.Receiver.FlushHeld(TimeSpan.Zero);
        context.Pipeline.Drain(all: true);

        var done = last is null ? null : signals.FindRuntimeDone(last.RequestId);
        if (FinalRecords.Of(shutdown, last, done, context.Time.GetUtcNow()) is { } words)
            context.Pipeline.AddOwn(words);

        context.Flush(Budget.BeforeSpill(context.Time.GetUtcNow(), deadline, context.Pipeline.SpillTime), isFinal: true);
        context.Pipeline.Close(deadline);
        context.Metrics?.Report(isFinal: true);
        context.Log.Info($"{Summary()}, longest hold {context.LongestHold.TotalMilliseconds:0} ms");
    }

    /// <summary>
    /// The report of the last invocation is created only after its last <c>/next</c>, so it arrives now. A runtime may also write lines
    /// while it is being terminated.
    /// </summary>
    void AwaitLateTelemetry(Invocation? last, TimeSpan limit)
    {
        var start = context.Time.GetTimestamp();
        if (last is not null)
            signals.WaitFor(seen => seen.FindReport(last.RequestId) is not null, limit);
        SettleTime.Wait(signals, context.Time, limit - context.Time.GetElapsedTime(start));
    }

    string Summary()
    {
        using (context.Pipeline.Enter())
        {
            context.Pipeline.Ledger.CountPlatformDropped(signals.DroppedRecords);
            return context.Pipeline.Summary();
        }
    }
}
