using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>What the pump works with besides the queue.</summary>
internal sealed record PumpContext
{
    /// <summary>How a failed batch is retried.</summary>
    public required RetryOptions Retry { get; init; }

    /// <summary>How long an open batch waits for more records.</summary>
    public required TimeSpan Linger { get; init; }

    /// <summary>Keeps a dead endpoint from being tried without end.</summary>
    public required CircuitBreaker Breaker { get; init; }

    /// <summary>Both clocks.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Waits by the monotonic clock.</summary>
    public required ISignalWait Wait { get; init; }

    /// <summary>A random number in [0, 1).</summary>
    public required Func<double> Random { get; init; }

    /// <summary>A new id for a batch, unique also over clones of a snapshot.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>Where batches go, for people. Asked only once something has been delivered: the start-up is spared the text.</summary>
    public required Func<string> DestinationName { get; init; }

    /// <summary>Own log lines.</summary>
    public required ExtensionLog Log { get; init; }

    /// <summary>What the pump remembers.</summary>
    public PumpState State { get; } = new();
}
