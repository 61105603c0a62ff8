using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Returns the memory of a burst to the system, once the sender has had nothing to do for a while: memory that is returned at once would
/// have to be had again for the next body, page by page. Requires the queue's lock to be held.
/// </summary>
/// <param name="queue">Holds the memory.</param>
/// <param name="time">The monotonic clock.</param>
internal sealed class IdleMemory(BatchQueue queue, TimeProvider time)
{
    static readonly TimeSpan IdleMin = TimeSpan.FromSeconds(1);

    long? _idleSince;

    /// <summary>Call before every wait of the sender.</summary>
    /// <param name="isIdle">Whether nothing waits to be sent.</param>
    /// <returns>When to call again, by the monotonic clock. Null: there is nothing to return.</returns>
    public long? Release(bool isIdle)
    {
        if (!isIdle || queue.HasInFlight || !queue.HasUnused)
        {
            _idleSince = null;
            return null;
        }

        _idleSince ??= time.GetTimestamp();
        var end = _idleSince.Value + time.Ticks(IdleMin);
        if (time.GetTimestamp() < end)
            return end;

        queue.Release();
        _idleSince = null;
        return null;
    }
}
