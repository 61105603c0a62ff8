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

    // For a clock that stands still. The sandbox's does while it is frozen.
    static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(1);

    // No spinning: the processor is the function's.
    readonly ManualResetEventSlim _looksAgain = new(initialState: false, spinCount: 0);
    ITimer? _timer;

    /// <summary>The attempt under way has ended.</summary>
    public void AttemptEnded() => _looksAgain.Set();

    /// <summary>Waits, for a moment at most, until the sender has caught up. Call without the gate.</summary>
    public void Wait()
    {
        var begun = context.Time.GetTimestamp();
        while (TimeLeft(context.Time.GetElapsedTime(begun)) is { } left && left > TimeSpan.Zero)
        {
            _timer ??= context.Time.CreateTimer(_ => _looksAgain.Set(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            if (!_looksAgain.Wait(SafetyNet))
                return;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _looksAgain.Dispose();
    }

    /// <summary>How long to wait for the attempt under way. Null: not at all.</summary>
    TimeSpan? TimeLeft(TimeSpan waited)
    {
        lock (queue.Gate)
        {
            var state = context.State;
            if (queue.Bytes <= WaitingBytesMax || state.Attempt is null || state.Failures > 0)
                return null;

            _looksAgain.Reset();
            var quickLeft = QuickAttempt - context.Time.GetElapsedTime(state.AttemptBegun);
            var left = LongestWait - waited;
            return quickLeft < left ? quickLeft : left;
        }
    }
}
