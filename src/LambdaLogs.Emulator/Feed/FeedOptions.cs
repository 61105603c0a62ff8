namespace LambdaLogs.Emulator.Feed;

/// <summary>How telemetry is delivered, where the subscriber has no say. Lambda does not document these.</summary>
public sealed record FeedOptions
{
    /// <summary>What may wait for one subscriber while it is slow, as a multiple of its <c>maxBytes</c>. Default 2.</summary>
    public double PendingFactor { get; init; } = 2;

    /// <summary>How often a POST that failed is made again before its events are dropped. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The wait after the first failure; it doubles. Default 50 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);
}
