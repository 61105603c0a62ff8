using System.Globalization;
using System.Text;
using System.Text.Json;

namespace LambdaLogs.Extension.Tests.Formats.Readers;

/// <summary>One record each, by the rules of one destination.</summary>
internal static class VendorReaders
{
    public static ReadEntry Loki(JsonElement stream)
    {
        var labels = stream.GetProperty("stream");
        Assert.Subset(new HashSet<string>(["service_name", "function", "region", "level"]), labels.EnumerateObject().Select(one => one.Name).ToHashSet());
        var value = Assert.Single(stream.GetProperty("values").EnumerateArray());
        Assert.Equal(3, value.GetArrayLength());
        var metadata = value[2];
        Assert.All(metadata.EnumerateObject(), one => Assert.Equal(JsonValueKind.String, one.Value.ValueKind));
        var line = value[1].GetString()!;
        var nanoseconds = long.Parse(value[0].GetString()!, NumberStyles.None, CultureInfo.InvariantCulture);
        var level = labels.GetProperty("level").GetString()!;
        var requestId = BodyReader.Text(metadata, "request_id");
        if (!line.StartsWith("{\"message\":", StringComparison.Ordinal) || !IsJson(line))
            return new ReadEntry(line, level, nanoseconds / 1_000_000, requestId, null);

        var json = BodyReader.Json(Encoding.UTF8.GetBytes(line));
        var rest = json.EnumerateObject().Skip(1).Select(one => (one.Name, CanonicalJson.Of(one.Value)));
        return new ReadEntry(json.EnumerateObject().First().Value.GetString()!, level, nanoseconds / 1_000_000, requestId, CanonicalJson.OfObject(rest));
    }

    /// <summary>A function may write a line that only begins like an object.</summary>
    static bool IsJson(string line)
    {
        try
        {
            BodyReader.Json(Encoding.UTF8.GetBytes(line));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static ReadEntry Splunk(JsonElement json)
    {
        Only(json, "time", "host", "source", "sourcetype", "index", "fields", "event");
        var body = json.GetProperty("event");
        if (json.TryGetProperty("fields", out var fields))
            Assert.All(fields.EnumerateObject(), one => Assert.Equal(JsonValueKind.String, one.Value.ValueKind));

        return new ReadEntry(
            body.GetProperty("message").GetString()!,
            body.GetProperty("level").GetString()!,
            Seconds(json.GetProperty("time")),
            BodyReader.Text(body, "request_id"),
            BodyReader.Canonical(body, "attributes"));
    }

    public static ReadEntry Elasticsearch(JsonElement action, JsonElement document)
    {
        var create = Assert.Single(action.EnumerateObject());
        Assert.Equal("create", create.Name);
        Only(create.Value, "_index", "_id");
        return new ReadEntry(
            document.GetProperty("message").GetString()!,
            document.GetProperty("log").GetProperty("level").GetString()!,
            BodyReader.Milliseconds(document.GetProperty("@timestamp").GetString()!),
            BodyReader.Text(document.GetProperty("faas"), "execution"),
            BodyReader.Canonical(document, "attributes"));
    }

    public static ReadEntry Datadog(JsonElement json)
    {
        Assert.Matches(@"^[^,:]+:[^,]*(,[^,:]+:[^,]*)*$", json.GetProperty("ddtags").GetString());
        Assert.NotEmpty(json.GetProperty("service").GetString()!);
        return new ReadEntry(
            json.GetProperty("message").GetString()!,
            json.GetProperty("status").GetString()!,
            json.GetProperty("timestamp").GetInt64(),
            BodyReader.Text(json.GetProperty("lambda"), "request_id"),
            BodyReader.Canonical(json, "attributes"));
    }

    public static IReadOnlyList<ReadEntry> NewRelic(JsonElement body)
    {
        var block = Assert.Single(body.EnumerateArray());
        Assert.NotEmpty(block.GetProperty("common").GetProperty("attributes").EnumerateObject());
        return
        [
            .. block.GetProperty("logs").EnumerateArray().Select(json => new ReadEntry(
                json.GetProperty("message").GetString()!,
                json.GetProperty("level").GetString()!,
                json.GetProperty("timestamp").GetInt64(),
                BodyReader.Text(json, "aws.lambdaRequestId"),
                BodyReader.Canonical(json, "attributes"))),
        ];
    }

    public static ReadEntry Gelf(JsonElement json)
    {
        Assert.Equal("1.1", json.GetProperty("version").GetString());
        Assert.NotEmpty(json.GetProperty("host").GetString()!);
        Assert.NotEmpty(json.GetProperty("short_message").GetString()!);
        Assert.InRange(json.GetProperty("level").GetInt32(), 0, 7);
        foreach (var field in json.EnumerateObject().Where(one => one.Name.StartsWith('_')))
        {
            Assert.Matches(@"^_[\w.\-]*$", field.Name);
            Assert.NotEqual("_id", field.Name);
            Assert.Contains(field.Value.ValueKind, new[] { JsonValueKind.String, JsonValueKind.Number });
        }

        var own = new[] { "version", "host", "short_message", "timestamp", "level" };
        Assert.All(json.EnumerateObject(), one => Assert.True(one.Name.StartsWith('_') || own.Contains(one.Name), one.Name));
        return new ReadEntry(
            json.GetProperty("short_message").GetString()!,
            json.GetProperty("level").GetRawText(),
            Seconds(json.GetProperty("timestamp")),
            BodyReader.Text(json, "_request_id"),
            null);
    }

    static void Only(JsonElement json, params string[] names) =>
        Assert.All(json.EnumerateObject(), one => Assert.Contains(one.Name, names));

    static long Seconds(JsonElement time)
    {
        Assert.Matches(@"^\d+\.\d{3}$", time.GetRawText());
        return (long)(time.GetDecimal() * 1000);
    }
}
