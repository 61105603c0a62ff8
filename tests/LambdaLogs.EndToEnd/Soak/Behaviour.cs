namespace LambdaLogs.EndToEnd.Soak;

/// <summary>What an endpoint does with requests, for a while.</summary>
sealed record Behaviour
{
    public static readonly Behaviour Healthy = new();

    public Kind Kind { get; init; } = Kind.Healthy;

    /// <summary>For <see cref="Kind.Status"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Between the body's end and the response.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>How fast bodies are read; 0: as they come.</summary>
    public int BytesPerSecond { get; init; }

    /// <summary>When a connection is reset, in seconds after it was made; 0: never.</summary>
    public double LifeSeconds { get; init; }

    /// <summary>For those that refuse larger bodies: what is taken.</summary>
    public int BytesMax { get; init; }

    /// <summary>A body that holds this text is never taken. Null: none.</summary>
    public string? Poison { get; init; }

    /// <summary>What it gets; 0: the connection is reset.</summary>
    public int PoisonStatus { get; init; }

    /// <summary>Whether lines may be counted as lost while it lasts, although the buffer has room.</summary>
    public bool Refuses => Kind is Kind.Status && Status is >= 400 and < 500 and not 408 and not 429;

    public override string ToString() => string.Join(' ', new[]
    {
        Kind is Kind.Status ? $"status {Status}" : $"{Kind}",
        Delay > TimeSpan.Zero ? $"after {Delay.TotalMilliseconds:0} ms" : "",
        BytesPerSecond > 0 ? $"at {BytesPerSecond} B/s" : "",
        LifeSeconds > 0 ? $"resets connections after {LifeSeconds} s" : "",
        BytesMax > 0 ? $"above {BytesMax} B" : "",
        Poison is null ? "" : $"poison \"{Poison}\" with {(PoisonStatus == 0 ? "a reset" : PoisonStatus)}",
    }.Where(t => t.Length > 0));
}

/// <inheritdoc cref="Behaviour"/>
enum Kind
{
    Healthy,
    Status,
    Hang,
    ResetInBody,
    ResetAfterBody,
    CloseAfterBody,
    CloseEach,
    ByteByByte,
    TooLarge,
    EarlyTooLarge,
    EarlyUnread,
}
