using System.Text.Json;
using LambdaLogs.Emulator;

namespace LambdaLogs.EndToEnd;

/// <summary>Rules, as the shipped layer keeps them.</summary>
public sealed class RuleTests
{
    [Fact]
    public async Task Lines_are_joined_filtered_redacted_and_cut()
    {
        await using var scene = await Scene.StartAsync(
            Lines("java.lang.Error: no", "\tat A.b(A.java:1)", "\tat A.c(A.java:2)", "health", "mail jo@example.com", """{"message":"in","password":"x","n":1}""", new string('x', 200)),
            new()
            {
                ["LOGS_MULTILINE"] = "auto",
                ["LOGS_EXCLUDE_REGEX"] = "^health$",
                ["LOGS_REDACT"] = "email",
                ["LOGS_REDACT_KEYS"] = "password",
                ["LOGS_MAX_MESSAGE_BYTES"] = "100",
                ["LOGS_PLATFORM_EVENTS"] = "none",
            });
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        var records = Delivered.Records(scene.Destination);
        Assert.Equal(["java.lang.Error: no\n\tat A.b(A.java:1)\n\tat A.c(A.java:2)", "mail ***", "in"], records.Take(3).Select(record => record.Message));
        Assert.Equal("""{"password":"***","n":1}""", records[2].Json.GetProperty("attributes").GetRawText());
        Assert.EndsWith("…[truncated from 200 bytes]", records[3].Message);
        Assert.Equal(2, summary.Joined);
        Assert.Contains(scene.OwnLines, line => line.Contains("exclude 1, redact 2, max_message_bytes 1"));
    }

    [Fact]
    public async Task An_invocation_that_is_left_out_comes_whole_when_it_logs_an_error()
    {
        await using var scene = await Scene.StartAsync(
            invocation =>
            {
                invocation.Log($"{invocation.Number} begins");
                if (invocation.Number == 2)
                    invocation.Log("[ERROR] it failed");
                return Task.FromResult("{}");
            },
            new() { ["LOGS_SAMPLE_RATE"] = "0" });
        for (var number = 0; number < 3; number++)
            await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        Assert.Equal(["2 begins", "[ERROR] it failed"], Delivered.Lines(scene.Destination));
        Assert.Single(Delivered.Records(scene.Destination), record => record.LogType == "platform.report");
        Assert.Equal(4, summary.Sampled);
    }

    [Fact]
    public async Task Streams_are_chosen_and_the_extension_lives_by_events_it_does_not_forward()
    {
        await using var scene = await Scene.StartAsync(environment: new() { ["LOGS_TYPES"] = "function" });
        await scene.InvokeAsync();
        Assert.Equal(["function"], Delivered.Records(scene.Destination).Select(record => record.LogType).Distinct());
        await scene.EndAsync();
    }

    [Fact]
    public async Task Own_lines_never_feed_back()
    {
        await using var scene = await Scene.StartAsync(environment: new() { ["LOGS_TYPES"] = "function,extension", ["LOGS_EXTENSION_LOG_LEVEL"] = "debug", ["LOGS_MIN_LEVEL"] = "nonsense" });
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();
        Assert.NotEmpty(scene.OwnLines);
        Assert.DoesNotContain(Delivered.Records(scene.Destination), record => record.LogType == "extension");
    }

    [Fact]
    public async Task A_report_holds_numbers_for_dashboards()
    {
        await using var scene = await Scene.StartAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();
        var report = Assert.Single(Delivered.Records(scene.Destination), record => record.LogType == "platform.report");
        var metrics = report.Json.GetProperty("attributes").GetProperty("record").GetProperty("metrics");
        Assert.All((string[])["durationMs", "billedDurationMs", "memorySizeMB", "maxMemoryUsedMB", "memoryUsedShare"], name => Assert.Equal(JsonValueKind.Number, metrics.GetProperty(name).ValueKind));
        Assert.True(metrics.GetProperty("coldStart").GetBoolean());
    }

    static Func<InvocationContext, Task<string>> Lines(params string[] lines) => invocation =>
    {
        foreach (var line in lines)
            invocation.Log(line);
        return Task.FromResult("{}");
    };
}
