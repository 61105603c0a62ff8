using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>When <c>/next</c> waits for delivery.</summary>
public sealed class FlushModeTests
{
    // An invocation that is held until the response comes takes all of the first; one that is not takes a few milliseconds of its own, on a busy machine some more.
    static readonly TimeSpan ResponseTime = TimeSpan.FromSeconds(1);
    const int NotHeldMs = 500;

    [Fact]
    public async Task In_mode_next_the_function_is_never_held_and_lines_come_with_the_next_invocation()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(3), new() { ["LOGS_FLUSH_MODE"] = "next" }, prepare: d => d.Default = Response.Ok.After(ResponseTime));
        for (var invocation = 0; invocation < 4; invocation++)
            Assert.InRange((await scene.InvokeAsync()).AddedByExtensions!.Value.TotalMilliseconds, 0, Pace.Within(NotHeldMs));
        scene.Destination.Default = Response.Ok;
        var summary = await scene.EndAsync();

        Assert.Equal(Functions.Lines(4, 3), Delivered.Lines(scene.Destination).Distinct());
        Assert.Equal(0, summary.Dropped);
    }

    [Fact]
    public async Task In_mode_auto_rare_invocations_are_held_until_delivered()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(3), new() { ["LOGS_FLUSH_MODE"] = "auto" });
        await scene.InvokeAsync();

        Assert.Equal(Functions.Lines(1, 3), Delivered.Lines(scene.Destination));
        await scene.EndAsync();
    }

    [Fact]
    public async Task In_mode_auto_quick_invocations_are_not_held()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(1),
            new() { ["LOGS_FLUSH_MODE"] = "auto", ["LOGS_FLUSH_TIMEOUT_MS"] = "2500" },
            prepare: d => d.Default = Response.Ok.After(ResponseTime));
        var added = new List<double>();
        for (var invocation = 0; invocation < 10; invocation++)
            added.Add((await scene.InvokeAsync()).AddedByExtensions!.Value.TotalMilliseconds);
        scene.Destination.Default = Response.Ok;
        var summary = await scene.EndAsync();

        Assert.True(added[0] >= ResponseTime.TotalMilliseconds, $"the first is held until its lines are delivered: {added[0]} ms");
        Assert.All(added.Skip(4), ms => Assert.InRange(ms, 0, Pace.Within(NotHeldMs)));
        Assert.Equal(Functions.Lines(10, 1), Delivered.Lines(scene.Destination).Distinct());
        Assert.Equal(0, summary.Dropped);
    }

    [Theory]
    [InlineData("end")]
    [InlineData("next")]
    [InlineData("auto")]
    public async Task A_long_handlers_lines_are_sent_while_it_runs(string mode)
    {
        var sent = new TaskCompletionSource();
        await using var scene = await Scene.StartAsync(
            async invocation =>
            {
                invocation.Log("early");
                await sent.Task.WaitAsync(Scene.Patience, invocation.Cancel);
                return "{}";
            },
            new() { ["LOGS_FLUSH_MODE"] = mode },
            o => o with { Timeout = TimeSpan.FromSeconds(30) },
            d => d.OnRequest = r => _ = r.Text.Contains("\"early\"", StringComparison.Ordinal) && sent.TrySetResult());

        Assert.Null((await scene.InvokeAsync()).FunctionError);
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_line_after_the_end_of_the_handler_is_waited_for_within_the_grace()
    {
        await using var scene = await Scene.StartAsync(
            environment: new() { ["LOGS_FLUSH_GRACE_MS"] = "500" },
            change: o => o with { Faults = new Emulator.Faults.TelemetryFaults { LateLines = _ => ["late"] } });
        await scene.InvokeAsync();

        Assert.Contains("late", Delivered.Lines(scene.Destination));
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_request_that_a_freeze_interrupts_is_sent_again_with_the_same_id()
    {
        Scene? started = null;
        await using var scene = await Scene.StartAsync(
            async invocation =>
            {
                invocation.Log(Functions.Line(invocation.Number, 1));
                // The handler ends, and the sandbox freezes, while the request is under way.
                await started!.Destination.WaitForCountAsync(1, Scene.Patience, invocation.Cancel);
                return "{}";
            },
            new() { ["LOGS_FLUSH_MODE"] = "next" },
            o => o with { Timeout = TimeSpan.FromSeconds(30) },
            d => d.Next(Response.Hang));
        started = scene;
        await scene.InvokeAsync();
        // A freeze is told from a pause by its length on the wall clock, so the length has to pass.
        await Task.Delay(TimeSpan.FromSeconds(5.5), Scene.Cancel);
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        var requests = scene.Destination.Requests;
        Assert.Equal(requests[0].Header("X-Batch-Id"), requests[1].Header("X-Batch-Id"));
        Assert.Equal(Functions.Lines(2, 1), Delivered.Lines(scene.Destination));
        Assert.Equal(0, summary.Dropped);
    }
}
