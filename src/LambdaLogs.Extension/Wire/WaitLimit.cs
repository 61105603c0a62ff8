namespace LambdaLogs.Extension.Wire;

/// <summary>How long something may be waited for: until a deadline, or until a signal is given.</summary>
/// <param name="Time">The monotonic clock.</param>
/// <param name="Deadline">In the units of <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Interrupt">Ends every wait at once. Null: nothing does.</param>
internal readonly record struct WaitLimit(TimeProvider Time, long Deadline, InterruptSignal? Interrupt)
{
    /// <summary>A limit that many milliseconds from now.</summary>
    /// <param name="time">The monotonic clock.</param>
    /// <param name="span">Zero or more.</param>
    /// <param name="interrupt">See <see cref="Interrupt"/>.</param>
    public static WaitLimit In(TimeProvider time, TimeSpan span, InterruptSignal? interrupt = null) =>
        new(time, time.GetTimestamp() + Units(time, span), interrupt);

    /// <summary>What is left, never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = Deadline - Time.GetTimestamp();
            return left <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)left / Time.TimestampFrequency);
        }
    }

    /// <summary>Whether there is nothing more to wait for: the deadline has passed, or the signal was given.</summary>
    public bool IsOver => Left == TimeSpan.Zero || Interrupt?.Wait(0) == true;

    /// <summary>The earlier of this limit and one that is that far from now.</summary>
    /// <param name="span">Zero or more.</param>
    public WaitLimit AtMost(TimeSpan span) => this with { Deadline = Math.Min(Deadline, Time.GetTimestamp() + Units(Time, span)) };

    /// <summary>Waits for one descriptor.</summary>
    /// <param name="descriptor">Any; below zero for none.</param>
    /// <param name="events">What to wait for, as in <c>poll</c>.</param>
    public WaitEnd Wait(int descriptor, short events)
    {
        Span<LibC.PollFd> one = [new LibC.PollFd { Descriptor = descriptor, Events = events }, default];
        return Wait(one);
    }

    /// <summary>Waits for one of several descriptors.</summary>
    /// <param name="descriptors">The descriptors; the last place is free, for the signal.</param>
    public unsafe WaitEnd Wait(Span<LibC.PollFd> descriptors)
    {
        descriptors[^1] = new LibC.PollFd { Descriptor = Interrupt?.Descriptor ?? -1, Events = LibC.PollIn };
        fixed (LibC.PollFd* first = descriptors)
        {
            while (true)
            {
                // Rounded up: a wait that ends too early would be made again and again without waiting.
                var left = Left;
                var milliseconds = (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue);
                var count = LibC.poll(first, (nuint)descriptors.Length, milliseconds);
                if (descriptors[^1].Returned != 0 && count > 0)
                    return Left == TimeSpan.Zero ? WaitEnd.TimedOut : WaitEnd.Interrupted;
                if (count > 0)
                    return WaitEnd.Ready;
                if (milliseconds == 0)
                    return WaitEnd.TimedOut;
            }
        }
    }

    static long Units(TimeProvider time, TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
