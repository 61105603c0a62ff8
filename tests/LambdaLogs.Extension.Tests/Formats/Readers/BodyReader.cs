using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Tests.Formats.Readers;

/// <summary>
/// Reads bodies as their destinations do, with foreign readers and every rule of the destination checked: types, units, forms, the final
/// line break.
/// </summary>
internal static class BodyReader
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>The records of a body, in their order.</summary>
    public static IReadOnlyList<ReadEntry> Read(FormatKind kind, byte[] body) => kind switch
    {
        FormatKind.OtlpProtobuf => OtlpProtobufReader.Read(body),
        FormatKind.Otlp => OtlpReader.Read(Json(body)),
        FormatKind.Lambda => [.. Json(body).GetProperty("logs").EnumerateArray().Select(Plain)],
        FormatKind.JsonArray => [.. Json(body).EnumerateArray().Select(Plain)],
        FormatKind.Ndjson => [.. Lines(body).Select(Plain)],
        FormatKind.Loki => [.. Json(body).GetProperty("streams").EnumerateArray().Select(VendorReaders.Loki)],
        FormatKind.SplunkHec => [.. Lines(body).Select(VendorReaders.Splunk)],
        FormatKind.Elasticsearch => [.. Lines(body).Chunk(2).Select(pair => VendorReaders.Elasticsearch(pair[0], pair[1]))],
        FormatKind.Datadog => [.. Json(body).EnumerateArray().Select(VendorReaders.Datadog)],
        FormatKind.NewRelic => VendorReaders.NewRelic(Json(body)),
        FormatKind.Gelf => [.. Lines(body).Select(VendorReaders.Gelf)],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>A text as JSON, whole and in valid UTF-8.</summary>
    public static JsonElement Json(byte[] body) => JsonDocument.Parse(Strict.GetString(body), new JsonDocumentOptions { MaxDepth = 256 }).RootElement;

    /// <summary>Milliseconds of a time that must be one of RFC 3339 in its strict form.</summary>
    public static long Milliseconds(string time)
    {
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$", time);
        return DateTimeOffset.Parse(time, null).ToUnixTimeMilliseconds();
    }

    /// <summary>A member's text. Null: there is none.</summary>
    public static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>A member in one spelling. Null: there is none.</summary>
    public static string? Canonical(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? CanonicalJson.Of(value) : null;

    static List<JsonElement> Lines(byte[] body)
    {
        var text = Strict.GetString(body);
        Assert.EndsWith("\n", text);
        return [.. text[..^1].Split('\n').Select(line => Json(Encoding.UTF8.GetBytes(line)))];
    }

    static ReadEntry Plain(JsonElement record) => new(
        record.GetProperty("message").GetString()!,
        record.GetProperty("level").GetString()!,
        DateTimeOffset.Parse(record.GetProperty("timestamp").GetString()!, null).ToUnixTimeMilliseconds(),
        Text(record, "request_id"),
        Canonical(record, "attributes"));
}
