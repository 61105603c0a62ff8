namespace LambdaLogs.Extension.Wire;

/// <summary>Limits a wait by a deadline and a signal.</summary>
/// <param name="Time">The monotonic clock.</param>
/// <param name="Deadline">In the units of <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Interrupt">Ends every wait immediately. Null: no signal.</param>
internal readonly record struct WaitLimit(TimeProvider Time, long Deadline, InterruptSignal? Interrupt)
{
    // Reads of a loop after its deadline: what arrived in time, before a freeze perhaps, is still taken.
    const int LateReadsMax = 64;

    /// <summary>Creates a limit relative to now.</summary>
    /// <param name="time">The monotonic clock.</param>
    /// <param name="span">Zero or more.</param>
    /// <param name="interrupt">See <see cref="Interrupt"/>.</param>
    public static WaitLimit In(TimeProvider time, TimeSpan span, InterruptSignal? interrupt = null) =>
        new(time, time.TimestampIn(span), interrupt);

    /// <summary>The remaining time, never negative.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = Deadline - Time.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)left / Time.TimestampFrequency);
        }
    }

    /// <summary>Whether the deadline has passed or the signal was given.</summary>
    public bool IsOver => Remaining == TimeSpan.Zero || Interrupt?.Wait(0) == true;

    /// <summary>
    /// Whether a loop that waits and reads may go on. A wait reports what is ready even after the deadline, so that a peer that never
    /// stops sending would hold the loop forever.
    /// </summary>
    /// <param name="late">Counts the reads after the deadline. Starts at zero.</param>
    public bool AllowsRead(ref int late) => Remaining > TimeSpan.Zero || ++late <= LateReadsMax;

    /// <summary>Returns the earlier of this limit and one relative to now.</summary>
    /// <param name="span">Zero or more.</param>
    public WaitLimit AtMost(TimeSpan span) => this with { Deadline = Math.Min(Deadline, Time.TimestampIn(span)) };

    /// <summary>Waits for one descriptor.</summary>
    /// <param name="descriptor">The descriptor. Negative: none.</param>
    /// <param name="events">The <c>poll</c> events to wait for.</param>
    public WaitEnd Wait(int descriptor, short events)
    {
        Span<LibC.PollFd> one = [new LibC.PollFd { Descriptor = descriptor, Events = events }, default];
        return Wait(one);
    }

    /// <summary>Waits for one of several descriptors.</summary>
    /// <param name="descriptors">The descriptors. The last element is reserved for the signal.</param>
    public unsafe WaitEnd Wait(Span<LibC.PollFd> descriptors)
    {
        descriptors[^1] = new LibC.PollFd { Descriptor = Interrupt?.Descriptor ?? -1, Events = LibC.PollIn };
        fixed (LibC.PollFd* first = descriptors)
        {
            while (true)
            {
                // Rounded up: a wait that ends too early would be repeated without waiting.
                var left = Remaining;
                var milliseconds = (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue);
                var count = LibC.poll(first, (nuint)descriptors.Length, milliseconds);
                if (descriptors[^1].Returned != 0 && count > 0)
                    return Remaining == TimeSpan.Zero ? WaitEnd.TimedOut : WaitEnd.Interrupted;
                if (count > 0)
                    return WaitEnd.Ready;
                if (milliseconds == 0)
                    return WaitEnd.TimedOut;
            }
        }
    }
}
