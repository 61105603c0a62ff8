namespace LambdaLogs.Emulator.Feed;

/// <summary>Delivers telemetry to a subscriber, over HTTP or TCP.</summary>
internal interface ITelemetrySink : IDisposable
{
    /// <summary>Delivers one body. Calls must not overlap.</summary>
    /// <param name="body">A JSON array, or raw bytes that a test wants to deliver.</param>
    /// <param name="cancel">Cancelled when the sandbox ends.</param>
    /// <returns>Null if the delivery succeeded, otherwise the error message. Throws only when cancelled.</returns>
    Task<string?> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancel);
}
