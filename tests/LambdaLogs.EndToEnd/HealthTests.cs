using System.Text.Json;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>What the shipped layer says of its own health, in metrics and by a check from inside the function.</summary>
public sealed class HealthTests
{
    const string Metrics = "LogsHttpDestination";

    [Fact]
    public async Task Metrics_are_written_in_the_embedded_format_and_never_forwarded()
    {
        await using var scene = await Scene.StartAsync(
            environment: new() { ["LOGS_METRICS"] = "emf", ["LOGS_TYPES"] = "function,extension" },
            prepare: destination => destination.Next(Response.WithStatus(503)));
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();

        var lines = scene.OwnLines.Where(line => line.Contains(Metrics, StringComparison.Ordinal)).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.True(lines.Count >= 1, scene.Story());
        Assert.Equal(2, lines.Sum(line => line.GetProperty("Delivered").GetInt64()));
        Assert.True(lines.Sum(line => line.GetProperty("Retries").GetInt64()) >= 1, scene.Story());
        Assert.Equal(0, lines.Sum(line => line.GetProperty("Dropped").GetInt64()));
        foreach (var line in lines)
        {
            var directive = line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
            Assert.Equal(Metrics, directive.GetProperty("Namespace").GetString());
            Assert.All(directive.GetProperty("Metrics").EnumerateArray(), metric => Assert.True(line.TryGetProperty(metric.GetProperty("Name").GetString()!, out _)));
        }

        Assert.All(scene.Destination.Requests, request => Assert.DoesNotContain(Metrics, request.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_are_off_unless_they_are_asked_for()
    {
        await using var scene = await Scene.StartAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.DoesNotContain(scene.OwnLines, line => line.Contains(Metrics, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200, "check: The endpoint accepts logs.", "INFO")]
    [InlineData(401, "check: The endpoint does not accept logs.", "ERROR")]
    public async Task A_check_from_inside_the_function_writes_its_steps_as_own_lines(int status, string verdict, string level)
    {
        await using var scene = await Scene.StartAsync(
            environment: new() { ["LOGS_CHECK"] = "true" }, prepare: destination => destination.Default = Response.WithStatus(status));
        for (var invocation = 0; invocation < 100 && !scene.OwnLines.Any(line => line.Contains(verdict, StringComparison.Ordinal)); invocation++)
            Assert.Null((await scene.InvokeAsync()).FunctionError);
        await scene.EndAsync();

        scene.HasLogged($"[EXTENSION] {level} {verdict}");
        scene.HasLogged("[EXTENSION] INFO check: connection ok");
        Assert.Contains(scene.OwnLines, line => line.Contains("check: HTTP_ENDPOINT = ", StringComparison.Ordinal));
        Assert.Contains(scene.Destination.Requests, request => request.Header("X-Batch-Id") == "check");
    }
}
