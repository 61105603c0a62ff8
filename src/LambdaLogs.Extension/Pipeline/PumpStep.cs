using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>What the pump does next.</summary>
internal enum PumpAction
{
    /// <summary>Sends the oldest batch.</summary>
    Send,

    /// <summary>Waits for a time, or until something happens.</summary>
    Wait,

    /// <summary>Waits until something happens.</summary>
    Rest,

    /// <summary>Ends the flush under way: all is sent, or nothing more can be before its deadline.</summary>
    EndFlush,
}

/// <summary>The pump's next step.</summary>
/// <param name="Action">What it is.</param>
/// <param name="Wait">How long, for <see cref="PumpAction.Wait"/>.</param>
internal readonly record struct PumpStep(PumpAction Action, TimeSpan Wait = default)
{
    /// <summary>A longer wait is made in parts, with a look at both clocks in between.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Responses in one flush by which a batch has not arrived as a whole, at most: whatever they say, the endpoint is asked no more often.
    /// </summary>
    public const int SetbacksMax = 64;

    /// <summary>The same for the last flush of the process.</summary>
    public const int FinalSetbacksMax = 256;

    /// <summary>Decides the next step. Pure.</summary>
    public static PumpStep After(in PumpInputs facts)
    {
        var flushing = facts.FlushDeadline is not null;
        if (!facts.HasWaiting)
            return new PumpStep(flushing ? PumpAction.EndFlush : PumpAction.Rest);
        if (facts.Paused && !flushing)
            return new PumpStep(PumpAction.Rest);

        return facts.FlushDeadline is { } deadline ? Flushing(facts, deadline) : InBackground(facts);
    }

    /// <summary>How long no attempt may begin: backoff, Retry-After, an open circuit. Pure.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="notBefore">When backoff and Retry-After are over.</param>
    /// <param name="nextProbe">When the circuit lets the next attempt through. Null: it is closed.</param>
    /// <returns>Zero or less: one may begin.</returns>
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
        // Waiting for an attempt that can only begin when the time is up would hold the function for nothing.
        if (facts.IsCutOff || budget <= TimeSpan.Zero || wait >= budget)
            return new PumpStep(PumpAction.EndFlush);
        // An open circuit holds nothing, not even until a probe that is due within the budget.
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
    /// A time further away than it was ever set is of a clock that has been set back since; waiting for it could take for ever.
    /// </summary>
    static TimeSpan Left(DateTimeOffset now, DateTimeOffset time, TimeSpan longest) => time - now > longest ? TimeSpan.Zero : time - now;
}
