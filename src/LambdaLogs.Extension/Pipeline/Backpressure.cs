using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Slows Lambda down for moments while the endpoint keeps up but much waits: the next body is taken a little later, and the buffer is used
/// again instead of growing. Fresh memory costs more processor time than all that is done with a record.
/// An endpoint that is slow, failing or silent slows nobody down: then the buffer is what it is for.
/// </summary>
/// <param name="queue">What waits.</param>
/// <param name="context">Clock and state of the sending.</param>
internal sealed class Backpressure(BatchQueue queue, PumpContext context) : IDisposable
{
    // Room for a body of Lambda's beside the batch that is being sent, so that neither side idles.
    const int WaitingBytesMax = 1024 * 1024;

    // Longest wait for one body. Lambda offers the next 25 ms later at best.
    static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    // An attempt that takes longer than this says that the endpoint is slow: nothing is to be gained by waiting.
    static readonly TimeSpan QuickAttempt = TimeSpan.FromMilliseconds(100);

    readonly WakeSignal _looksAgain = new();
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
            var state = context.State;
            var ofWait = begun + InTicks(LongestWait);
            var ofAttempt = state.AttemptBegun + InTicks(QuickAttempt);
            var until = ofAttempt < ofWait ? ofAttempt : ofWait;
            _isWaiting = queue.Bytes > WaitingBytesMax
                && state is { IsAttempting: true, Failures: 0 }
                && until > context.Time.GetTimestamp();
            return _isWaiting ? until : null;
        }
    }

    long InTicks(TimeSpan time) => (long)(time.TotalSeconds * context.Time.TimestampFrequency);
}
