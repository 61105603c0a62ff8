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
    /// <summary>No wait is longer: a clock that was set back must not stop delivery.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Decides the next step. Pure.</summary>
    public static PumpStep After(in PumpFacts facts)
    {
        var flushing = facts.FlushDeadline is not null;
        if (!facts.HasWaiting)
            return new PumpStep(flushing ? PumpAction.EndFlush : PumpAction.Rest);
        if (facts.Paused && !flushing)
            return new PumpStep(PumpAction.Rest);

        return facts.FlushDeadline is { } deadline ? Flushing(facts, deadline) : InBackground(facts);
    }

    static PumpStep Flushing(in PumpFacts facts, DateTimeOffset deadline)
    {
        var budget = deadline - facts.Now;
        var wait = Bounded(facts.NotBefore - facts.Now);
        // Waiting for an attempt that can only begin when the time is up would hold the function for nothing.
        if (budget <= TimeSpan.Zero || wait >= budget)
            return new PumpStep(PumpAction.EndFlush);
        // An open circuit holds nothing, not even until a probe that is due within the budget.
        if (!facts.IsFinal && (facts.FailedAttempts >= facts.AttemptsMax || facts.NextProbe > facts.Now))
            return new PumpStep(PumpAction.EndFlush);

        return wait > TimeSpan.Zero ? new PumpStep(PumpAction.Wait, wait) : new PumpStep(PumpAction.Send);
    }

    static PumpStep InBackground(in PumpFacts facts)
    {
        var wait = Bounded(Earliest(facts) - facts.Now);
        if (!facts.HasClosed && facts.LingerLeft > wait)
            wait = facts.LingerLeft;
        return wait > TimeSpan.Zero ? new PumpStep(PumpAction.Wait, wait) : new PumpStep(PumpAction.Send);
    }

    static TimeSpan Bounded(TimeSpan wait) => wait > LongestWait ? LongestWait : wait;

    static DateTimeOffset Earliest(in PumpFacts facts) =>
        facts.NextProbe is { } probe && probe > facts.NotBefore ? probe : facts.NotBefore;
}
