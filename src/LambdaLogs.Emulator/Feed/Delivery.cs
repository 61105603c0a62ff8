namespace LambdaLogs.Emulator.Feed;

/// <summary>One attempt to deliver telemetry, for the transcript.</summary>
/// <param name="Subscriber">The extension's name.</param>
/// <param name="Items">How many envelopes. Zero for a raw body.</param>
/// <param name="Took">From the first byte sent to the response.</param>
/// <param name="Error">Null where it was taken.</param>
internal sealed record Delivery(string Subscriber, int Items, int Bytes, TimeSpan Took, string? Error)
{
    /// <summary>The telemetry.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
}
