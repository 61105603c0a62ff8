using System.Buffers;
using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>An error response of the Runtime, Extensions or Telemetry API.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html"/></remarks>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The value of <c>errorType</c>.</param>
/// <param name="Message">The value of <c>errorMessage</c>.</param>
internal sealed record ApiError(int Status, string Type, string Message)
{
    public static readonly ApiError Internal = new(500, "InternalServerError", "Internal Server Error");

    /// <summary>An error with status 403, which these APIs use for almost every error.</summary>
    public static ApiError Forbidden(string type, string message) => new(403, type, message);

    /// <summary>The response body: <c>{"errorMessage":…,"errorType":…}</c>.</summary>
    public byte[] Body() => Object(("errorMessage", Message), ("errorType", Type));

    /// <summary>A flat JSON object of strings, in the given order.</summary>
    public static byte[] Object(params ReadOnlySpan<(string Name, string Value)> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in members)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
