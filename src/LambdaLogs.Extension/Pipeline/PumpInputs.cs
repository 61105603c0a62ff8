namespace LambdaLogs.Extension.Pipeline;

/// <summary>The values on which the sender's next step depends.</summary>
internal readonly record struct PumpInputs
{
    /// <summary>The wall clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether anything waits.</summary>
    public required bool HasWaiting { get; init; }

    /// <summary>Whether a closed batch waits.</summary>
    public bool HasClosed { get; init; }

    /// <summary>How much longer the open batch may wait for more records. Zero or less: send it.</summary>
    public TimeSpan LingerLeft { get; init; }

    /// <summary>Whether nothing may be sent because it is not known yet for which tenant. The last flush sends it all the same.</summary>
    public bool AwaitsTenant { get; init; }

    /// <summary>Whether sending is paused because the environment may be frozen at any moment.</summary>
    public bool Paused { get; init; }

    /// <summary>When the current flush must end. Null: there is none.</summary>
    public DateTimeOffset? FlushDeadline { get; init; }

    /// <summary>
    /// Whether the flush's time is up. Its timer may fire slightly before the deadline, and the deadline alone would then allow one more
    /// attempt.
    /// </summary>
    public bool IsCutOff { get; init; }

    /// <summary>Whether it is the last flush of the process. Then neither an open circuit nor the limit of attempts applies.</summary>
    public bool IsFinal { get; init; }

    /// <summary>Failed attempts in the current flush for the batch that is first.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Responses in the current flush that did not deliver a whole batch.</summary>
    public int Setbacks { get; init; }

    /// <summary>Largest number of attempts for one batch in one flush.</summary>
    public int AttemptsMax { get; init; }

    /// <summary>Earliest time of the next attempt, by the wall clock, because of backoff or Retry-After.</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>When the circuit breaker allows the next attempt. Null: the circuit is closed.</summary>
    public DateTimeOffset? NextProbe { get; init; }
}
