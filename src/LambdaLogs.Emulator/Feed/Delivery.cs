namespace LambdaLogs.Emulator.Feed;

/// <summary>One attempt to deliver telemetry, as recorded in the transcript.</summary>
/// <param name="Subscriber">The extension's name.</param>
/// <param name="Items">The number of envelopes. Zero for a raw body.</param>
/// <param name="Took">From the first byte sent to the response.</param>
/// <param name="Error">Null if the delivery succeeded.</param>
internal sealed record Delivery(string Subscriber, int Items, int Bytes, TimeSpan Took, string? Error)
{
    /// <summary>The telemetry.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
