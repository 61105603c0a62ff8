using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LambdaLogs.Emulator.Destination;

/// <summary>A received HTTP request.</summary>
/// <param name="Index">From zero, in the order in which requests were completed or aborted.</param>
/// <param name="Head">Method, path and headers.</param>
/// <param name="Body">The body as received, not decompressed.</param>
public sealed record ReceivedRequest(int Index, RequestHead Head, ReadOnlyMemory<byte> Body)
{
    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When the request was complete, since the start of the destination (monotonic clock).</summary>
    public TimeSpan At { get; init; }

    /// <summary>When the request was complete (wall clock).</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The number of the connection, from 1.</summary>
    public int Connection { get; init; }

    /// <summary>The response that was chosen.</summary>
    public required Response Response { get; init; }

    /// <summary>False if the body was cut off.</summary>
    public bool IsComplete { get; init; } = true;

    public string Method => Head.Method;

    /// <summary>Path and query.</summary>
    public string Target => Head.Target;

    /// <inheritdoc cref="RequestHead.Header"/>
    public string? Header(string name) => Head.Header(name);

    /// <summary>The decompressed body. Throws InvalidDataException if it cannot be decompressed.</summary>
    public byte[] Content() => ContentCoding.Decode(Header("Content-Encoding"), Body);

    /// <summary>The content in readable form: OTLP protobuf as JSON, otherwise <see cref="Text"/>. Throws InvalidDataException.</summary>
    public string Readable() => Header("Content-Type")?.StartsWith("application/x-protobuf", StringComparison.OrdinalIgnoreCase) ?? false
        ? OtlpLogs.Read(Content()).ToJsonString(Relaxed)
        : Text;

    /// <summary>The content decoded as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content());
}
