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

        var due = Earliest(facts) - facts.Now;
        var wait = due > LongestWait ? LongestWait : due;
        return facts.FlushDeadline is { } deadline ? Flushing(facts, deadline, wait) : InBackground(facts, wait);
    }

    static PumpStep Flushing(in PumpFacts facts, DateTimeOffset deadline, TimeSpan wait)
    {
        var budget = deadline - facts.Now;
        // Waiting for an attempt that can only begin when the time is up would hold the function for nothing.
        if (budget <= TimeSpan.Zero || wait >= budget || facts.FailedAttempts >= facts.AttemptsMax)
            return new PumpStep(PumpAction.EndFlush);

        return wait > TimeSpan.Zero ? new PumpStep(PumpAction.Wait, wait) : new PumpStep(PumpAction.Send);
    }

    static PumpStep InBackground(in PumpFacts facts, TimeSpan wait)
    {
        if (!facts.HasClosed && facts.LingerLeft > wait)
            wait = facts.LingerLeft;
        return wait > TimeSpan.Zero ? new PumpStep(PumpAction.Wait, wait) : new PumpStep(PumpAction.Send);
    }

    static DateTimeOffset Earliest(in PumpFacts facts) =>
        facts.NextProbe is { } probe && probe > facts.NotBefore ? probe : facts.NotBefore;
}
