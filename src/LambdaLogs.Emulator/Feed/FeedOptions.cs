namespace LambdaLogs.Emulator.Feed;

/// <summary>Delivery settings that the subscriber cannot choose. Lambda does not document its values.</summary>
public sealed record FeedOptions
{
    /// <summary>The most bytes that can wait for a slow subscriber, as a multiple of its <c>maxBytes</c>. Default 2.</summary>
    public double PendingFactor { get; init; } = 2;

    /// <summary>How often a failed POST is repeated before its events are dropped. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The delay after the first failure; it doubles each time. Default 50 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(50);
}
