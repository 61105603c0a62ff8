using System.Buffers;
using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>An event in the response to <c>/event/next</c>. A closed union.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#extensions-api-next"/></remarks>
/// <param name="Deadline">The deadline (wall clock), written as Unix milliseconds.</param>
internal abstract record ExtensionEvent(DateTimeOffset Deadline)
{
    /// <summary>An invocation starts.</summary>
    public sealed record Invoke(DateTimeOffset Deadline, string RequestId, string Arn, string? TraceId) : ExtensionEvent(Deadline)
    {
        protected override void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("eventType"u8, "INVOKE"u8);
            json.WriteNumber("deadlineMs"u8, Deadline.ToUnixTimeMilliseconds());
            json.WriteString("requestId"u8, RequestId);
            json.WriteString("invokedFunctionArn"u8, Arn);
            json.WriteStartObject("tracing"u8);
            json.WriteString("type"u8, "X-Amzn-Trace-Id"u8);
            json.WriteString("value"u8, TraceId ?? "");
            json.WriteEndObject();
        }
    }

    /// <summary>The environment shuts down.</summary>
    /// <param name="Reason"><c>spindown</c>, <c>timeout</c> or <c>failure</c>, in lower case.</param>
    public sealed record Shutdown(DateTimeOffset Deadline, string Reason) : ExtensionEvent(Deadline)
    {
        protected override void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteString("eventType"u8, "SHUTDOWN"u8);
            json.WriteNumber("deadlineMs"u8, Deadline.ToUnixTimeMilliseconds());
            json.WriteString("shutdownReason"u8, Reason);
        }
    }

    protected abstract void WriteMembers(Utf8JsonWriter json);

    /// <summary>The response body.</summary>
    public byte[] Body()
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
