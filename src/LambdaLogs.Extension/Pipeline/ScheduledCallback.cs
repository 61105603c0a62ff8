using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>One callback that the sender's thread runs when its time has come. Requires the queue's lock to be held.</summary>
/// <param name="time">The monotonic clock.</param>
internal sealed class ScheduledCallback(TimeProvider time)
{
    Action? _work;

    /// <summary>When it is due, by the monotonic clock. Null: nothing is scheduled.</summary>
    public long? At { get; private set; }

    /// <summary>Schedules a callback, in place of the one that was scheduled.</summary>
    /// <param name="wait">The delay.</param>
    /// <param name="work">The callback.</param>
    public void Set(TimeSpan wait, Action work)
    {
        _work = work;
        At = time.TimestampIn(wait);
    }

    /// <summary>Runs the callback if it is due. It may schedule another.</summary>
    public void RunIfDue()
    {
        if (_work is not { } work || time.GetTimestamp() < At)
            return;

        (_work, At) = (null, null);
        work();
    }
}
