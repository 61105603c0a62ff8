using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Slows Lambda down while the endpoint keeps up but much waits: the next body is taken later. For moments as soon as more waits than is
/// sent at once, so that the buffer is used again instead of growing: fresh memory costs more processor time than all that is done with a
/// record. For seconds where more than half of the buffer is used: what an endpoint gets on with is not to be lost, and Lambda buffers for
/// itself meanwhile. An endpoint that is slow to respond, failing, refusing or silent slows nobody down: then the buffer is what it is for.
/// </summary>
/// <param name="queue">What waits.</param>
/// <param name="context">Clock and state of the sending.</param>
internal sealed class Backpressure(BatchQueue queue, PumpContext context) : IDisposable
{
    // Room for a body of Lambda's beside the batch that is being sent, so that neither side idles.
    const int WaitingBytesMax = 1024 * 1024;

    // Longest wait for one body. Lambda offers the next 25 ms later at best.
    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    // The same while more than half of the buffer is used.
    static readonly TimeSpan LongestWaitFull = TimeSpan.FromSeconds(2);

    // An attempt that takes longer than this says that the endpoint is slow: nothing is to be gained by waiting.
    static readonly TimeSpan QuickAttempt = TimeSpan.FromMilliseconds(100);

    // The same while more than half of the buffer is used: a body of a megabyte takes its time.
    static readonly TimeSpan QuickAttemptFull = TimeSpan.FromSeconds(1);

    readonly InterruptSignal _looksAgain = new();
    bool _isWaiting;

    /// <summary>The attempt under way has ended. Call with the gate held.</summary>
    public void AttemptEnded()
    {
        if (_isWaiting)
            _looksAgain.Signal();
    }

    /// <summary>Waits, for a moment at most, until the sender has caught up. Call without the gate.</summary>
    public void Wait()
    {
        var begun = context.Time.GetTimestamp();
        while (WaitUntil(begun) is { } until)
            context.Wait.Wait(_looksAgain, until);
    }

    /// <inheritdoc/>
    public void Dispose() => _looksAgain.Dispose();

    /// <summary>Until when to wait for the attempt under way. Null: no longer.</summary>
    long? WaitUntil(long begun)
    {
        lock (queue.Gate)
        {
            if (_isWaiting)
                _looksAgain.Clear();
            var until = UntilOf(begun, queue.IsHalfFull && context.State.TakesData);
            _isWaiting = until > context.Time.GetTimestamp();
            return _isWaiting ? until : null;
        }
    }

    /// <summary>Until when to wait, as it looks at the moment. 0: not at all.</summary>
    long UntilOf(long begun, bool isFull)
    {
        var state = context.State;
        if (state.Failures > 0 || (!isFull && queue.Bytes <= WaitingBytesMax))
            return 0;

        var ofWait = begun + InTicks(isFull ? LongestWaitFull : LongestWait);
        // Between two attempts of an endpoint that gets on the next one begins at once.
        if (!state.IsAttempting)
            return isFull && !state.Paused ? Math.Min(Math.Min(ofWait, state.HoldsUntil), Now + InTicks(QuickAttempt)) : 0;

        var ofAttempt = state.AttemptBegun + InTicks(isFull ? QuickAttemptFull : QuickAttempt);
        return isFull ? Math.Min(Math.Min(ofWait, ofAttempt), state.HoldsUntil) : Math.Min(ofWait, ofAttempt);
    }

    long Now => context.Time.GetTimestamp();

    long InTicks(TimeSpan time) => (long)(time.TotalSeconds * context.Time.TimestampFrequency);
}
