using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LambdaLogs.Emulator.Destination;

/// <summary>A request as it arrived.</summary>
/// <param name="Index">From zero, in the order in which they were whole or broke off.</param>
/// <param name="Head">Method, path and headers.</param>
/// <param name="Body">As sent: compressed, where it was compressed.</param>
public sealed record ReceivedRequest(int Index, RequestHead Head, ReadOnlyMemory<byte> Body)
{
    static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When it had arrived, since the destination was started; monotonic.</summary>
    public TimeSpan At { get; init; }

    /// <summary>The same by the wall clock.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>The connection it came on, from 1.</summary>
    public int Connection { get; init; }

    /// <summary>What was or is being done with it.</summary>
    public required Response Response { get; init; }

    /// <summary>False where the body broke off.</summary>
    public bool IsComplete { get; init; } = true;

    public string Method => Head.Method;

    /// <summary>Path and query.</summary>
    public string Target => Head.Target;

    /// <inheritdoc cref="RequestHead.Header"/>
    public string? Header(string name) => Head.Header(name);

    /// <summary>The body without its compression, where it has one. Throws InvalidDataException where that is broken.</summary>
    public byte[] Content() => ContentCoding.Decode(Header("Content-Encoding"), Body);

    /// <summary>The content for people: OTLP in protobuf as JSON, else as <see cref="Text"/>. Throws InvalidDataException.</summary>
    public string Readable() => Header("Content-Type")?.StartsWith("application/x-protobuf", StringComparison.OrdinalIgnoreCase) ?? false
        ? OtlpLogs.Read(Content()).ToJsonString(Relaxed)
        : Text;

    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content());
}
