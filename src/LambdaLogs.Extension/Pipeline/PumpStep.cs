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
    WaitForSignal,

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
    public static PumpStep Decide(in PumpInputs inputs)
    {
        var flushing = inputs.FlushDeadline is not null;
        var isHeld = inputs.AwaitsTenant && !inputs.IsFinal;
        if (!inputs.HasWaiting || isHeld)
            return new PumpStep(flushing ? PumpAction.EndFlush : PumpAction.WaitForSignal);
        if (inputs.Paused && !flushing)
            return new PumpStep(PumpAction.WaitForSignal);

        return inputs.FlushDeadline is { } deadline ? Flushing(inputs, deadline) : InBackground(inputs);
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

    static PumpStep Flushing(in PumpInputs inputs, DateTimeOffset deadline)
    {
        var budget = deadline - inputs.Now;
        var wait = UntilAttempt(inputs.Now, inputs.NotBefore, nextProbe: null);
        if (inputs.Setbacks >= (inputs.IsFinal ? FinalSetbacksMax : SetbacksMax))
            return new PumpStep(PumpAction.EndFlush);
        // Do not hold the function for an attempt that could start only when the time is up.
        if (inputs.IsCutOff || budget <= TimeSpan.Zero || wait >= budget)
            return new PumpStep(PumpAction.EndFlush);
        // An open circuit does not hold the function, not even for a probe that is due within the budget.
        var isOpen = UntilAttempt(inputs.Now, default, inputs.NextProbe) > TimeSpan.Zero;
        if (!inputs.IsFinal && (isOpen || inputs.FailedAttempts >= inputs.AttemptsMax))
            return new PumpStep(PumpAction.EndFlush);

        return WaitOrSend(wait);
    }

    static PumpStep InBackground(in PumpInputs inputs)
    {
        var wait = UntilAttempt(inputs.Now, inputs.NotBefore, inputs.NextProbe);
        return WaitOrSend(!inputs.HasClosed && inputs.LingerLeft > wait ? inputs.LingerLeft : wait);
    }

    static PumpStep WaitOrSend(TimeSpan wait) =>
        wait > TimeSpan.Zero ? new PumpStep(PumpAction.Wait, wait > LongestWait ? LongestWait : wait) : new PumpStep(PumpAction.Send);

    /// <summary>
    /// A time that is further away than it was ever set means that the clock was set back. Waiting for it could take forever.
    /// </summary>
    static TimeSpan Left(DateTimeOffset now, DateTimeOffset time, TimeSpan longest) => time - now > longest ? TimeSpan.Zero : time - now;
}
