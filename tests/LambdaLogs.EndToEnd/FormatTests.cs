using System.Text.Json;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>Every format once, and the responses that speak of single records.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData("lambda", "/", "application/json", null)]
    [InlineData("json_array", "/", "application/json", null)]
    [InlineData("ndjson", "/", "application/x-ndjson", null)]
    [InlineData("otlp", "/v1/logs", "application/json", "gzip")]
    [InlineData("otlp_protobuf", "/v1/logs", "application/x-protobuf", "gzip")]
    [InlineData("loki", "/loki/api/v1/push", "application/json", "gzip")]
    [InlineData("splunk_hec", "/services/collector/event", "application/json", "gzip")]
    [InlineData("elasticsearch", "/_bulk", "application/x-ndjson", "gzip")]
    [InlineData("datadog", "/api/v2/logs", "application/json", "gzip")]
    [InlineData("newrelic", "/log/v1", "application/json", "gzip")]
    [InlineData("gelf", "/gelf", "application/json", null)]
    public async Task A_line_arrives_where_and_how_its_destination_expects_it(string format, string path, string type, string? encoding)
    {
        await using var scene = await Scene.StartAsync(
            Functions.Say("""{"level":"warn","message":"hello format","orderId":4711}"""),
            new() { ["LOGS_FORMAT"] = format, ["LOGS_FIELDS"] = "env=prod" },
            prepare: destination => destination.Default = Response.Ok with { Body = "{}"u8.ToArray() },
            configure: (variables, destination) => variables["HTTP_ENDPOINT"] = destination.Endpoint.ToString());
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal((summary.Received - summary.Filtered, 0), (summary.Delivered, summary.Dropped));
        var requests = Delivered.Accepted(scene.Destination).ToList();
        Assert.All(requests, request => Assert.Equal(path, request.Target.Split('?')[0]));
        Assert.All(requests, request => Assert.Equal(type, request.Header("Content-Type")));
        Assert.All(requests, request => Assert.Equal(encoding, request.Header("Content-Encoding")));
        Assert.Single(requests, request => request.Text.Contains("hello format", StringComparison.Ordinal));
        Assert.All(requests, request => Assert.Contains("prod", request.Text));
        if (path.Length > 1)
            scene.HasLogged($"HTTP_ENDPOINT has no path; logs are sent to {path}");
    }

    [Fact]
    public async Task A_document_for_which_Elasticsearch_had_no_time_is_sent_again_alone_under_the_same_id()
    {
        var busy = """{"errors":true,"items":[{"create":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"full"}}}]}""";
        await using var scene = await Scene.StartAsync(
            Functions.Count(3),
            new() { ["LOGS_FORMAT"] = "elasticsearch", ["LOGS_FLUSH_TIMEOUT_MS"] = "5000" },
            prepare: destination =>
            {
                destination.Default = Response.Ok with { Body = """{"errors":false}"""u8.ToArray() };
                destination.Next(Response.Ok with { Body = System.Text.Encoding.ASCII.GetBytes(busy) });
            },
            configure: (variables, destination) => variables["HTTP_ENDPOINT"] = destination.Endpoint.ToString());
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal((summary.Received - summary.Filtered, 0), (summary.Delivered, summary.Dropped));
        var documents = Delivered.Accepted(scene.Destination).SelectMany(request => request.Text.TrimEnd('\n').Split('\n').Chunk(2)).ToList();
        var ids = documents.Select(pair => JsonDocument.Parse(pair[0]).RootElement.GetProperty("create").GetProperty("_id").GetString()).ToList();
        Assert.Equal(summary.Delivered, ids.Distinct().Count());
        Assert.Equal(2, ids.Count(id => id == ids[0]));
        Assert.Equal(documents.Count, ids.Distinct().Count() + 1);
    }

    [Fact]
    public async Task A_record_that_OpenTelemetry_rejects_is_counted_and_reported_and_not_sent_again()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Say("too old"),
            new() { ["LOGS_FORMAT"] = "otlp" },
            prepare: destination => destination.Next(
                Response.Ok with { Body = """{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"timestamp too old"}}"""u8.ToArray() }),
            configure: (variables, destination) => variables["HTTP_ENDPOINT"] = destination.Endpoint.ToString());
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(1, summary.Dropped);
        scene.HasLogged("(timestamp too old); this is logged once per reason");
        Assert.Single(Delivered.Accepted(scene.Destination), request => request.Text.Contains("too old\"", StringComparison.Ordinal));
    }
}
