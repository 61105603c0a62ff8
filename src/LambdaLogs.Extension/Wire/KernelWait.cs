namespace LambdaLogs.Extension.Wire;

/// <summary>Waits in the kernel.</summary>
/// <param name="time">The machine's monotonic clock.</param>
internal sealed class KernelWait(TimeProvider time) : ISignalWait
{
    // A longer wait is split.
    static readonly TimeSpan LongestPart = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public void Wait(ThreadSignal signal, int seen, long? until) => signal.Wait(seen, until is { } end ? MillisecondsTo(end) : -1);

    /// <summary>Rounded up: a wait that ends slightly too early would be followed by another one.</summary>
    int MillisecondsTo(long end)
    {
        var now = time.GetTimestamp();
        if (end <= now)
            return 0;

        var left = time.GetElapsedTime(now, end);
        return (int)Math.Ceiling((left < LongestPart ? left : LongestPart).TotalMilliseconds);
    }
}
