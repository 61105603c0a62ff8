using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>The services that the sender uses besides the queue.</summary>
internal sealed record PumpContext
{
    /// <summary>How a failed batch is retried.</summary>
    public required RetryOptions Retry { get; init; }

    /// <summary>How long an open batch waits for more records.</summary>
    public required TimeSpan Linger { get; init; }

    /// <summary>Stops attempts at an endpoint that keeps failing.</summary>
    public required CircuitBreaker Breaker { get; init; }

    /// <summary>The wall clock and the monotonic clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Waits by the monotonic clock.</summary>
    public required ISignalWait Wait { get; init; }

    /// <summary>A random number in [0, 1).</summary>
    public required Func<double> Random { get; init; }

    /// <summary>Creates an id for a batch that is unique even across clones of a snapshot.</summary>
    public required Func<string> NewId { get; init; }

    /// <summary>The destination as text. Created on the first delivery, to save time at start-up.</summary>
    public required Func<string> DestinationName { get; init; }

    /// <summary>The extension's own log.</summary>
    public required ExtensionLog Log { get; init; }

    /// <summary>The state that the sender keeps between two attempts.</summary>
    public PumpState State { get; } = new();
}
