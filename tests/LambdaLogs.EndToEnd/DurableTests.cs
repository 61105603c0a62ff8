using System.Text.Json;
using LambdaLogs.Emulator;

namespace LambdaLogs.EndToEnd;

/// <summary>Durable functions, and what the shipped layer makes of their lines.</summary>
public sealed class DurableTests
{
    const string Name = "order-7/0c5f2b1e-5d1c-4d9a-9f0e-2f6f3e8f1a11";
    const string Arn = "arn:aws:lambda:us-east-1:123456789012:function:checkout:7/durable-execution/" + Name;

    [Fact]
    public async Task The_walk_of_the_page_shows_what_the_page_says()
    {
        await using var scene = await Scene.StartAsync(change: options => options with
        {
            Function = FunctionSource.Managed(Layer.Sample("functions/python-durable"), "python", "app.handler"),
            Timeout = Scene.Patience,
        });
        var result = await scene.InvokeAsync("""{"step":1}""");
        Assert.True(result.FunctionError is null, result.PayloadText + scene.Story());
        await scene.EndAsync();

        var shown = Delivered.Records(scene.Destination).Where(r => r.LogType is "function" or "platform.report").Select(Shown).ToList();
        var page = await File.ReadAllTextAsync(Path.Combine(Layer.Root, "docs", "durable-functions.md"), Scene.Cancel);
        var block = page.Split("```out\n")[1].Split("\n```")[0].Split('\n');
        Assert.True(block.SequenceEqual(shown), string.Join('\n', shown) + scene.Story());
    }

    [Theory]
    [InlineData("lambda", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":2")]
    [InlineData("json_array", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":2")]
    [InlineData("ndjson", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":2")]
    [InlineData("splunk_hec", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":2")]
    [InlineData("newrelic", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":2")]
    [InlineData("datadog", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":2")]
    [InlineData("loki", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":\"2\"")]
    [InlineData("gelf", "\"_tenant_id\":\"blue\",\"_durable_execution\":\"NAME\",\"_operation\":\"pay\",\"_attempt\":\"2\"")]
    [InlineData("elasticsearch", "\"tenant_id\":\"blue\",\"durable_execution\":\"NAME\",\"operation\":\"pay\",\"attempt\":2")]
    [InlineData("otlp", "{\"key\":\"aws.lambda.durable_execution\",\"value\":{\"stringValue\":\"NAME\"}},{\"key\":\"aws.lambda.operation\",\"value\":{\"stringValue\":\"pay\"}},{\"key\":\"aws.lambda.attempt\",\"value\":{\"intValue\":\"2\"}}")]
    [InlineData("otlp_protobuf", "aws.lambda.durable_execution")]
    public async Task Every_format_carries_execution_operation_attempt_and_tenant(string format, string expected)
    {
        await using var scene = await Scene.StartAsync(
            invocation =>
            {
                invocation.Log(JsonSerializer.Serialize(new { level = "INFO", message = "no stock", executionArn = Arn, operationName = "pay", attempt = 2 }));
                invocation.Log("behind");
                return Task.FromResult("{}");
            },
            new() { ["LOGS_FORMAT"] = format, ["HTTP_COMPRESSION"] = "none" });
        var result = await scene.Lambda.InvokeAsync("{}"u8.ToArray(), "blue", Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);
        await result.Finished.WaitAsync(Scene.Patience, Scene.Cancel);
        await scene.EndAsync();

        var text = string.Concat(scene.Destination.Requests.Select(r => r.Text));
        Assert.Contains(expected.Replace("NAME", Name, StringComparison.Ordinal), text, StringComparison.Ordinal);
        // The line, the line behind it, and the report.
        Assert.True(text.Split(Name).Length > 3, text);
    }

    static string Shown(DeliveredRecord record)
    {
        var message = record.LogType == "function" ? record.Message : record.Message.Split(' ')[0];
        var facts = new[] { "durable_execution", "operation", "attempt" }
            .Where(name => record.Json.TryGetProperty(name, out _)).Select(name => $"{name} {record.Json.GetProperty(name)}").ToList();
        return $"{record.LogType} {record.Level} {message}{(facts.Count > 0 ? "; " + string.Join(", ", facts) : "")}";
    }
}
