using System.Globalization;
using System.Text.Json;

namespace LambdaLogs.Extension.Tests.Formats.Readers;

/// <summary>OpenTelemetry's logs in JSON, by the rules of its specification.</summary>
internal static class OtlpReader
{
    public static IReadOnlyList<ReadEntry> Read(JsonElement body)
    {
        var resource = Assert.Single(body.GetProperty("resourceLogs").EnumerateArray());
        Assert.NotEmpty(Members(resource.GetProperty("resource").GetProperty("attributes")));
        var scope = Assert.Single(resource.GetProperty("scopeLogs").EnumerateArray());
        Assert.NotEmpty(scope.GetProperty("scope").GetProperty("name").GetString()!);
        return [.. scope.GetProperty("logRecords").EnumerateArray().Select(Record)];
    }

    static ReadEntry Record(JsonElement record)
    {
        Assert.Equal(JsonValueKind.Number, record.GetProperty("severityNumber").ValueKind);
        Assert.InRange(Nanoseconds(record, "observedTimeUnixNano"), 1, long.MaxValue);
        if (record.TryGetProperty("traceId", out var trace))
            Assert.Matches("^[0-9a-f]{32}$", trace.GetString());
        if (record.TryGetProperty("spanId", out var span))
            Assert.Matches("^[0-9a-f]{16}$", span.GetString());

        var attributes = Members(record.GetProperty("attributes")).ToList();
        var ownEnd = attributes.FindIndex(attribute => attribute.Name == "aws.lambda.log_type") + 1;
        Assert.InRange(ownEnd, 1, attributes.Count);
        var request = attributes.Take(ownEnd).SingleOrDefault(attribute => attribute.Name == "faas.invocation_id").Value;
        return new ReadEntry(
            record.GetProperty("body").GetProperty("stringValue").GetString()!,
            record.GetProperty("severityText").GetString()!,
            Nanoseconds(record, "timeUnixNano") / 1_000_000,
            request is null ? null : JsonSerializer.Deserialize<string>(request),
            ownEnd == attributes.Count ? null : CanonicalJson.OfObject(attributes.Skip(ownEnd)));
    }

    // 64-bit numbers are texts.
    static long Nanoseconds(JsonElement record, string name) =>
        long.Parse(record.GetProperty(name).GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);

    static IEnumerable<(string Name, string Value)> Members(JsonElement list) =>
        list.EnumerateArray().Select(member => (member.GetProperty("key").GetString()!, Value(member.GetProperty("value"))));

    static string Value(JsonElement value)
    {
        if (!value.EnumerateObject().Any())
            return "null";

        var typed = Assert.Single(value.EnumerateObject());
        return typed.Name switch
        {
            "stringValue" => CanonicalJson.OfText(typed.Value.GetString()!),
            "boolValue" => typed.Value.GetBoolean() ? "true" : "false",
            "intValue" => long.Parse(typed.Value.GetString()!, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
            "doubleValue" => CanonicalJson.OfDouble(typed.Value.GetDouble()),
            "kvlistValue" => CanonicalJson.OfObject(Members(typed.Value.GetProperty("values"))),
            "arrayValue" => CanonicalJson.OfArray(typed.Value.GetProperty("values").EnumerateArray().Select(Value)),
            _ => throw new InvalidOperationException($"there is no type {typed.Name}"),
        };
    }
}
