using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Delays the acceptance of the next telemetry body while the endpoint keeps up but the buffer fills. The delay is up to 50 ms once more
/// than 1 MB waits, so that memory is reused instead of growing: touching fresh memory costs more processor time than processing a
/// record. It is up to 2 s while more than half of the buffer is used, because Lambda buffers in the meantime and nothing is lost.
/// There is no delay for an endpoint that is slow, failing or refusing: the buffer is for that case.
/// </summary>
/// <param name="queue">Holds the waiting batches.</param>
/// <param name="context">The clock and the state of the sender.</param>
internal sealed class Backpressure(BatchQueue queue, PumpContext context)
{
    // Room for one body from Lambda beside the batch that is being sent, so that neither side idles.
    const int WaitingBytesMax = 1024 * 1024;

    // The longest delay of one body. Lambda sends the next one after 25 ms at the earliest.
    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    // The longest delay while more than half of the buffer is used.
    static readonly TimeSpan LongestWaitFull = TimeSpan.FromSeconds(2);

    // If an attempt takes longer than this, the endpoint is slow and a delay would not help.
    static readonly TimeSpan QuickAttempt = TimeSpan.FromMilliseconds(100);

    // The same limit while more than half of the buffer is used: sending a body of a megabyte takes time.
    static readonly TimeSpan QuickAttemptFull = TimeSpan.FromSeconds(1);

    readonly ThreadSignal _recheck = new();
    bool _isWaiting;

    /// <summary>Call when an attempt has ended, with the lock held.</summary>
    public void AttemptEnded()
    {
        if (_isWaiting)
            _recheck.Signal();
    }

    /// <summary>Waits until the sender has caught up, or until the limit. Call without the lock.</summary>
    public void Wait()
    {
        var begun = context.Time.GetTimestamp();
        while (WaitUntil(begun, out var seen) is { } until)
            context.Wait.Wait(_recheck, seen, until);
    }

    /// <summary>Returns until when to wait for the current attempt. Null: stop waiting.</summary>
    long? WaitUntil(long begun, out int seen)
    {
        lock (queue.Gate)
        {
            seen = _recheck.Count;
            var until = ComputeWaitEnd(begun, queue.IsHalfFull && context.State.AcceptsData);
            _isWaiting = until > context.Time.GetTimestamp();
            return _isWaiting ? until : null;
        }
    }

    /// <summary>Computes the end of the wait from the current state. 0: do not wait.</summary>
    long ComputeWaitEnd(long begun, bool isFull)
    {
        var state = context.State;
        if (state.Failures > 0 || (!isFull && queue.Bytes <= WaitingBytesMax))
            return 0;

        var ofWait = begun + context.Time.Ticks(isFull ? LongestWaitFull : LongestWait);
        // Between two attempts of a healthy endpoint the next one starts immediately.
        if (!state.IsAttempting)
            return isFull && !state.Paused ? Math.Min(Math.Min(ofWait, state.HoldDeadline), Now + context.Time.Ticks(QuickAttempt)) : 0;

        var ofAttempt = state.AttemptBegun + context.Time.Ticks(isFull ? QuickAttemptFull : QuickAttempt);
        return isFull ? Math.Min(Math.Min(ofWait, ofAttempt), state.HoldDeadline) : Math.Min(ofWait, ofAttempt);
    }

    long Now => context.Time.GetTimestamp();
}
