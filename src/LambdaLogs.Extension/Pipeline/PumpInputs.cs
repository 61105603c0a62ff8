namespace LambdaLogs.Extension.Pipeline;

/// <summary>What the pump's next step depends on, as plain values.</summary>
internal readonly record struct PumpInputs
{
    /// <summary>The wall clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether anything waits.</summary>
    public required bool HasWaiting { get; init; }

    /// <summary>Whether a closed batch waits.</summary>
    public bool HasClosed { get; init; }

    /// <summary>How much longer the open batch may wait for more records. Zero or less: no longer.</summary>
    public TimeSpan LingerLeft { get; init; }

    /// <summary>Whether nothing may be sent because the sandbox may freeze at any moment.</summary>
    public bool Paused { get; init; }

    /// <summary>By when the flush under way has to end. Null: none is under way.</summary>
    public DateTimeOffset? FlushDeadline { get; init; }

    /// <summary>
    /// Whether the flush's time is up. Its timer may fire a moment before its deadline: then the deadline alone would let one more
    /// attempt begin.
    /// </summary>
    public bool IsCutOff { get; init; }

    /// <summary>
    /// Whether it is the last flush of the process: then a closed circuit and a count of attempts protect nobody any more.
    /// </summary>
    public bool IsFinal { get; init; }

    /// <summary>Attempts that failed for the first batch in the flush under way.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Responses in the flush under way by which a batch has not arrived as a whole.</summary>
    public int Setbacks { get; init; }

    /// <summary>Most attempts for one batch in one flush.</summary>
    public int AttemptsMax { get; init; }

    /// <summary>No attempt before this time, by the wall clock: backoff and Retry-After.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>When the circuit breaker lets the next attempt through. Null: it is closed.</summary>
    public DateTimeOffset? NextProbe { get; init; }
}
