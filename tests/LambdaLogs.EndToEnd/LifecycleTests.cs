using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.EndToEnd;

/// <summary>The life of a sandbox with the shipped layer: cold start, warm, frozen, failing, shut down.</summary>
public sealed class LifecycleTests
{
    [Fact]
    public async Task The_lines_of_a_cold_start_arrive_before_the_invocation_is_over()
    {
        await using var scene = await Scene.StartAsync(Functions.Say("cold"));
        var result = await scene.InvokeAsync();

        var record = Assert.Single(Delivered.Records(scene.Destination), r => r.LogType == "function");
        Assert.Equal("cold", record.Message);
        Assert.Equal(result.RequestId, record.RequestId);
        Assert.True(record.Json.GetProperty("cold_start").GetBoolean());
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_record_carries_the_functions_metadata()
    {
        await using var scene = await Scene.StartAsync(
            change: o => o with { FunctionName = "checkout", FunctionVersion = "7", Region = "eu-west-1", MemoryMb = 256 });
        await scene.InvokeAsync();

        var record = Delivered.Records(scene.Destination).First(r => r.LogType == "function");
        Assert.Equal("checkout", record.Text("function_name"));
        Assert.Equal("7", record.Text("function_version"));
        Assert.Equal("256", record.Text("function_memory_size"));
        Assert.Equal("eu-west-1", record.Text("aws_region"));
        Assert.Equal(Layer.Architecture, record.Text("architecture"));
        Assert.Equal("lambda_function", record.Text("source"));
    }

    [Fact]
    public async Task Twenty_invocations_of_a_hundred_lines_arrive_in_order()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(100));
        for (var invocation = 0; invocation < 20; invocation++)
            await scene.InvokeAsync();

        Assert.Equal(Functions.Lines(20, 100), Delivered.Lines(scene.Destination));
        var summary = await scene.EndAsync();
        Assert.Equal(0, summary.Dropped);
    }

    [Fact]
    public async Task Nothing_is_sent_while_the_sandbox_is_frozen()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3));
        await scene.InvokeAsync();
        var frozen = scene.Lambda.Transcript.Events.Last(e => e.Kind == TranscriptKind.Frozen);
        var before = scene.Destination.Requests.Count;
        await scene.InvokeAsync();

        var thawed = scene.Lambda.Transcript.Events.First(e => e.Kind == TranscriptKind.Thawed && e.Index > frozen.Index);
        Assert.All(scene.Destination.Requests.Skip(before), r => Assert.True(r.Time >= thawed.Time));
        await scene.EndAsync();
    }

    [Fact]
    public async Task The_lines_of_a_failing_handler_arrive()
    {
        await using var scene = await Scene.StartAsync(invocation =>
        {
            invocation.Log("about to fail");
            throw new InvalidOperationException("on demand");
        });
        var result = await scene.InvokeAsync();

        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Contains("about to fail", Delivered.Lines(scene.Destination));
        await scene.EndAsync();
    }

    [Fact]
    public async Task The_report_of_the_last_invocation_arrives_at_shutdown()
    {
        await using var scene = await Scene.StartAsync();
        var result = await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Contains(Delivered.Records(scene.Destination), r => r.LogType == "platform.report" && r.RequestId == result.RequestId);
    }

    [Fact]
    public async Task A_function_that_times_out_leaves_its_lines_and_a_record_that_says_so()
    {
        await using var scene = await Scene.StartAsync(
            async invocation =>
            {
                invocation.Log("too slow");
                await Task.Delay(Timeout.Infinite, invocation.Cancel);
                return "{}";
            },
            change: o => o with { Timeout = TimeSpan.FromSeconds(1) });
        await scene.InvokeAsync();
        await scene.Lambda.ShutdownAsync(Scene.Cancel);

        var records = Delivered.Records(scene.Destination);
        Assert.True(records.Any(r => r.Message == "too slow"), scene.Story());
        Assert.True(
            records.Any(r => r.Level == "ERROR" && r.Message.Contains("timed out after 1.", StringComparison.Ordinal)),
            string.Join('\n', records.Select(r => r.Message)) + '\n' + scene.Story());
    }

    [Fact]
    public async Task A_function_that_crashes_leaves_its_lines_and_a_record_that_says_so()
    {
        await using var scene = await Scene.StartAsync(invocation =>
        {
            invocation.Log("last line");
            InvocationContext.Crash(3);
            return Task.FromResult("");
        });
        await scene.InvokeAsync();
        await scene.Lambda.ShutdownAsync(Scene.Cancel);

        var records = Delivered.Records(scene.Destination);
        Assert.True(records.Any(r => r.Message == "last line"), scene.Story());
        Assert.Contains(records, r => r.Level == "ERROR" && r.Message.Contains("Runtime.ExitError", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_crash_the_next_invocation_is_followed_by_a_new_process()
    {
        await using var scene = await Scene.StartAsync(invocation =>
        {
            invocation.Log($"number {invocation.Number}");
            if (invocation.Number == 1)
                InvocationContext.Crash(1);
            return Task.FromResult("{}");
        });
        await scene.InvokeAsync();
        await scene.InvokeAsync();

        Assert.Equal(2, scene.Extension.Starts);
        Assert.Equal(["number 1", "number 2"], Delivered.Lines(scene.Destination));
        await scene.EndAsync();
    }

    [Fact]
    public async Task The_lines_of_an_attempt_that_Lambda_makes_again_arrive_before_it_is_over()
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var scene = await Scene.StartAsync(
            async invocation =>
            {
                invocation.Log($"attempt {invocation.Number} begins");
                if (invocation.Number == 1)
                    throw new InvalidOperationException("the first time");

                // Long enough for a flush that takes the first attempt's end for this one's.
                await Task.Delay(TimeSpan.FromSeconds(1), invocation.Cancel);
                invocation.Log($"attempt {invocation.Number} ends");
                over.SetResult();
                return "{}";
            },
            change: o => o with { AsyncRetryDelay = TimeSpan.FromMilliseconds(1) });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(scene.Lambda.InvokeEndpoint, "/2015-03-31/functions/function/invocations"));
        request.Headers.Add("X-Amz-Invocation-Type", "Event");
        using var response = await http.SendAsync(request, Scene.Cancel);
        await over.Task.WaitAsync(Scene.Patience, Scene.Cancel);
        await scene.Lambda.IdleAsync(Scene.Cancel).WaitAsync(Scene.Patience, Scene.Cancel);

        var lines = Delivered.Records(scene.Destination).Where(r => r.LogType == "function").ToList();
        Assert.True(lines.Any(r => r.Message == "attempt 2 ends"), scene.Story());
        Assert.Single(lines.Where(r => r.Message.StartsWith("attempt", StringComparison.Ordinal)).Select(r => r.RequestId).Distinct());
        Assert.Equal([true, false], lines.Where(r => r.Message.EndsWith("begins", StringComparison.Ordinal)).Select(r => r.Json.GetProperty("cold_start").GetBoolean()));
        await scene.EndAsync();
    }

    [Fact]
    public async Task Shutdown_before_any_invocation_ends_with_code_0()
    {
        await using var scene = await Scene.StartAsync();
        await scene.EndAsync();
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("python")]
    [InlineData("node")]
    public async Task The_lines_of_a_real_function_arrive(string sample)
    {
        await using var scene = await Scene.StartAsync(
            change: o => o with { Function = FunctionSource.Directory(Layer.Sample($"functions/{sample}")), Timeout = Pace.Patience });
        var result = await scene.InvokeAsync("""{"lines":5,"json":true,"trace":true}""");

        Assert.Null(result.FunctionError);
        var lines = Delivered.Lines(scene.Destination);
        for (var line = 1; line <= 5; line++)
            Assert.Contains(lines, l => l.Contains($"line {line} of 5", StringComparison.Ordinal));
        await scene.EndAsync();
    }
}
