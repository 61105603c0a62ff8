using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Waits for the tasks of a destination.</summary>
/// <param name="inner">The destination.</param>
/// <param name="time">The monotonic clock.</param>
internal sealed class BlockingDestination(IAsyncDestination inner, TimeProvider time) : IDestination
{
    // How long an attempt may take to notice that it was cut off.
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    static readonly SendResult CutOff = new(Verdict.Retry, 0, FailureKind.CutOff, null);

    readonly WakeSignal _ended = new();

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> body, string batchId, in AttemptLimit limit)
    {
        // Not disposed: a task that is left behind may still look at it.
        var cancel = new CancellationTokenSource();
        _ended.Clear();
        var sending = inner.SendAsync(body.ToArray(), batchId, cancel.Token);
        _ = sending.ContinueWith(
            _ => _ended.Signal(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        while (!sending.IsCompleted && TimeLeft(limit.DeadlineTimestamp) is > 0 and var left)
        {
            _ended.WaitEither(limit.Interrupt, left);
            if (limit.Interrupt.Wait(0))
                break;
        }

        if (!sending.IsCompleted)
            cancel.Cancel();
        try
        {
            return sending.Wait(Patience) ? sending.GetAwaiter().GetResult() : CutOff;
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            return CutOff;
        }
    }

    /// <inheritdoc/>
    public void DropConnections() => inner.DropConnections();

    int TimeLeft(long deadline)
    {
        var now = time.GetTimestamp();
        return deadline <= now ? 0 : (int)Math.Ceiling(Math.Min(time.GetElapsedTime(now, deadline).TotalMilliseconds, 60_000));
    }
}
