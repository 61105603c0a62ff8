namespace LambdaLogs.Emulator.Feed;

/// <summary>Where a subscriber wants its telemetry: HTTP or TCP.</summary>
internal interface ITelemetrySink : IDisposable
{
    /// <summary>Delivers one body. One call at a time.</summary>
    /// <param name="body">A JSON array, or raw bytes that a test wants delivered as they are.</param>
    /// <param name="cancel">Given when the sandbox ends.</param>
    /// <returns>Null where it was taken, else what went wrong. Throws only when cancelled.</returns>
    Task<string?> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancel);
}
