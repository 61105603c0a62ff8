using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>What the sender does next.</summary>
internal enum PumpAction
{
    /// <summary>Sends the oldest batch.</summary>
    Send,

    /// <summary>Waits for a time, or until it is signalled.</summary>
    Wait,

    /// <summary>Waits until it is signalled.</summary>
    Rest,

    /// <summary>Ends the flush in progress: everything was sent, or nothing more can be sent before its deadline.</summary>
    EndFlush,
}

/// <summary>The sender's next step.</summary>
/// <param name="Action">The action.</param>
/// <param name="Wait">The length of the wait, for <see cref="PumpAction.Wait"/>.</param>
internal readonly record struct PumpStep(PumpAction Action, TimeSpan Wait = default)
{
    /// <summary>A longer wait is split, so that both clocks are read again in between.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Most responses in one flush that did not deliver a whole batch. It limits the number of requests, whatever the responses say.
    /// </summary>
    public const int SetbacksMax = 64;

    /// <summary>The same limit for the last flush of the process.</summary>
    public const int FinalSetbacksMax = 256;

    /// <summary>Decides the next step. Pure.</summary>
    public static PumpStep After(in PumpInputs facts)
    {
        var flushing = facts.FlushDeadline is not null;
        var isHeld = facts.AwaitsTenant && !facts.IsFinal;
        if (!facts.HasWaiting || isHeld)
            return new PumpStep(flushing ? PumpAction.EndFlush : PumpAction.Rest);
        if (facts.Paused && !flushing)
            return new PumpStep(PumpAction.Rest);

        return facts.FlushDeadline is { } deadline ? Flushing(facts, deadline) : InBackground(facts);
    }

    /// <summary>Returns how long no attempt may start, because of backoff, Retry-After or an open circuit. Pure.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="notBefore">When backoff and Retry-After end.</param>
    /// <param name="nextProbe">When the circuit allows the next attempt. Null: it is closed.</param>
    /// <returns>Zero or less: an attempt may start.</returns>
    public static TimeSpan UntilAttempt(DateTimeOffset now, DateTimeOffset notBefore, DateTimeOffset? nextProbe)
    {
        var backoff = Left(now, notBefore, RetryAfter.Longest);
        var probe = nextProbe is { } time ? Left(now, time, BreakerState.LongestWait) : TimeSpan.Zero;
        return probe > backoff ? probe : backoff;
    }

    static PumpStep Flushing(in PumpInputs facts, DateTimeOffset deadline)
    {
        var budget = deadline - facts.Now;
        var wait = UntilAttempt(facts.Now, facts.NotBefore, nextProbe: null);
        if (facts.Setbacks >= (facts.IsFinal ? FinalSetbacksMax : SetbacksMax))
            return new PumpStep(PumpAction.EndFlush);
        // Do not hold the function for an attempt that could start only when the time is up.
        if (facts.IsCutOff || budget <= TimeSpan.Zero || wait >= budget)
            return new PumpStep(PumpAction.EndFlush);
        // An open circuit does not hold the function, not even for a probe that is due within the budget.
        var isOpen = UntilAttempt(facts.Now, default, facts.NextProbe) > TimeSpan.Zero;
        if (!facts.IsFinal && (isOpen || facts.FailedAttempts >= facts.AttemptsMax))
            return new PumpStep(PumpAction.EndFlush);

        return WaitOrSend(wait);
    }

    static PumpStep InBackground(in PumpInputs facts)
    {
        var wait = UntilAttempt(facts.Now, facts.NotBefore, facts.NextProbe);
        return WaitOrSend(!facts.HasClosed && facts.LingerLeft > wait ? facts.LingerLeft : wait);
    }

    static PumpStep WaitOrSend(TimeSpan wait) =>
        wait > TimeSpan.Zero ? new PumpStep(PumpAction.Wait, wait > LongestWait ? LongestWait : wait) : new PumpStep(PumpAction.Send);

    /// <summary>
    /// A time that is further away than it was ever set means that the clock was set back. Waiting for it could take forever.
    /// </summary>
    static TimeSpan Left(DateTimeOffset now, DateTimeOffset time, TimeSpan longest) => time - now > longest ? TimeSpan.Zero : time - now;
}
