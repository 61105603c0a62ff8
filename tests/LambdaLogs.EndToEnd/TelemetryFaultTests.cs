using LambdaLogs.Emulator.Faults;

namespace LambdaLogs.EndToEnd;

/// <summary>Telemetry that comes otherwise than one would like, and deadlines that are near.</summary>
public sealed class TelemetryFaultTests
{
    [Fact]
    public async Task Without_runtimeDone_the_invocation_ends_before_its_deadline_and_the_next_is_not_held()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(3), change: o => o with { Faults = new TelemetryFaults { RuntimeDone = _ => RuntimeDoneFault.Lost } });
        Assert.Null((await scene.InvokeAsync()).FunctionError);
        var second = await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.InRange(second.AddedByExtensions!.Value.TotalMilliseconds, 0, Pace.Within(500));
        Assert.Equal(Functions.Lines(2, 3), Delivered.Lines(scene.Destination));
    }

    public static TheoryData<string> Disorders => ["early", "late", "twice"];

    [Theory]
    [MemberData(nameof(Disorders))]
    public async Task A_runtimeDone_in_disorder_loses_no_line(string disorder)
    {
        var fault = disorder switch
        {
            "early" => RuntimeDoneFault.Early,
            "late" => RuntimeDoneFault.Late(TimeSpan.FromMilliseconds(400)),
            _ => RuntimeDoneFault.Twice,
        };
        await using var scene = await Scene.StartAsync(Functions.Count(3), change: o => o with { Faults = new TelemetryFaults { RuntimeDone = _ => fault } });
        for (var invocation = 0; invocation < 3; invocation++)
            Assert.Null((await scene.InvokeAsync()).FunctionError);
        var summary = await scene.EndAsync();

        Assert.Equal(Functions.Lines(3, 3), Delivered.Lines(scene.Destination));
        Assert.Equal(0, summary.Dropped);
    }

    [Fact]
    public async Task A_line_after_runtimeDone_arrives_with_the_next_invocation()
    {
        await using var scene = await Scene.StartAsync(change: o => o with { Faults = new TelemetryFaults { LateLines = n => [$"late {n}"] } });
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Contains("late 1", Delivered.Lines(scene.Destination));
        Assert.Contains("late 2", Delivered.Lines(scene.Destination));
    }

    [Fact]
    public async Task A_deadline_half_a_second_away_is_kept()
    {
        await using var scene = await Scene.StartAsync(
            Functions.Count(3), change: o => o with { Timeout = TimeSpan.FromMilliseconds(Pace.Within(500)) },
            prepare: d => d.Default = Emulator.Destination.Response.Hang);
        var result = await scene.InvokeAsync();

        Assert.Null(result.FunctionError);
        Assert.Equal(Emulator.Wire.Outcome.Success, result.Outcome);
    }

    [Fact]
    public async Task Broken_bodies_cost_only_themselves()
    {
        Scene? started = null;
        await using var scene = await Scene.StartAsync(async invocation =>
        {
            foreach (var body in new[] { "", "null", "[", "[{\"type\":\"function\"", "{}", "[1,2]", "\u0000\u0001", new string('[', 10_000) })
                await started!.Lambda.Telemetry.SendRawAsync(System.Text.Encoding.UTF8.GetBytes(body));
            invocation.Log("still here");
            return "{}";
        });
        started = scene;
        await scene.InvokeAsync();

        Assert.Contains("still here", Delivered.Lines(scene.Destination));
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_record_split_over_bodies_is_joined_and_the_invocation_ends()
    {
        var message = new string('A', 600_000);
        await using var scene = await Scene.StartAsync(
            Functions.Say($$"""{"level":"WARN","message":"{{message}}","marker":true}"""),
            change: o => o with { LogFormat = Emulator.Wire.LogFormat.Json, MemoryMb = 512 });
        await scene.InvokeAsync();
        await scene.EndAsync();

        var record = Assert.Single(Delivered.Records(scene.Destination), r => r.LogType == "function");
        Assert.Equal("WARN", record.Level);
        Assert.Equal(message, record.Message);
        Assert.True(record.Json.GetProperty("attributes").GetProperty("marker").GetBoolean());
    }

    [Fact]
    public async Task Records_that_the_platform_dropped_are_reported_to_the_endpoint_and_at_shutdown()
    {
        Scene? started = null;
        await using var scene = await Scene.StartAsync(invocation =>
        {
            started!.Lambda.Telemetry.SayLogsDropped(123, 4567, "too slow");
            invocation.Log("line");
            return Task.FromResult("{}");
        });
        started = scene;
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Contains(Delivered.Records(scene.Destination), r => r.LogType == "platform.logsDropped");
        Assert.Contains(scene.OwnLines, l => l.Contains("dropped by Lambda before the extension received them: 123", StringComparison.Ordinal));
    }
}
