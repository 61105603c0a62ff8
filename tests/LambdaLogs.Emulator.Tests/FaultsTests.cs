using System.Text.Json;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Faults;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests;

/// <summary>Telemetry that is wrong on purpose, and environments of other kinds, as a subscriber sees them.</summary>
public sealed class FaultsTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_runtime_done_can_be_lost() =>
        Assert.DoesNotContain("platform.runtimeDone", await TypesAsync(RuntimeDoneFault.Lost));

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_runtime_done_can_come_twice() =>
        Assert.Equal(2, (await TypesAsync(RuntimeDoneFault.Twice)).Count(t => t == "platform.runtimeDone"));

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_runtime_done_can_come_before_the_handler_has_run()
    {
        var types = await TypesAsync(RuntimeDoneFault.Early);
        Assert.True(types.IndexOf("platform.runtimeDone") < types.IndexOf("function"));
        Assert.Single(types, "platform.runtimeDone");
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_runtime_done_can_come_late()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with
        {
            Faults = new() { RuntimeDone = _ => RuntimeDoneFault.Late(TimeSpan.FromMilliseconds(200)) },
        });
        var next = await sandbox.ReadyAsync(listener.Port);
        var result = await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;

        var responded = sandbox.Lambda.Transcript.Events.Single(
            e => e.Kind is TranscriptKind.Responded && e.RequestId == result.RequestId);
        var late = await sandbox.Lambda.WaitForAsync(e => e.Text == "platform.runtimeDone", Limit.Wait, cancel: Cancel);
        Assert.True(late.At - responded.At > TimeSpan.FromMilliseconds(150));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Lines_can_come_after_runtime_done_and_belong_to_their_invocation()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with
        {
            Faults = new() { LateLines = n => [$"straggler of {n}"] },
        });
        var next = await sandbox.ReadyAsync(listener.Port);
        var result = await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await listener.WaitForAsync(r => r.Text.Contains("straggler of 1"), Limit.Wait, cancel: Cancel);

        var types = Types(listener);
        Assert.True(types.LastIndexOf("function") > types.IndexOf("platform.runtimeDone"));
        Assert.Contains("straggler of 1", result.Lines);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Drops_and_raw_bodies_can_be_sent_at_will()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { Freeze = false });
        await sandbox.ReadyAsync(listener.Port);

        sandbox.Lambda.Telemetry.SayLogsDropped(3, 42, "made up");
        sandbox.Lambda.Telemetry.Flush();
        await listener.WaitForAsync(r => r.Text.Contains("\"droppedRecords\":3,\"reason\":\"made up\""), Limit.Wait, cancel: Cancel);
        Assert.Null(await sandbox.Lambda.Telemetry.SendRawAsync("[{\"cut"u8.ToArray(), "driven"));
        await listener.WaitForAsync(r => r.Text == "[{\"cut", Limit.Wait, cancel: Cancel);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_snapshot_replays_its_init_with_old_times_before_the_restore()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { Initialization = InitializationType.SnapStart });
        var next = await sandbox.ReadyAsync(listener.Port);
        Assert.Empty(listener.Requests);

        await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await listener.WaitForAsync(r => r.Text.Contains("platform.start\""), Limit.Wait, cancel: Cancel);
        var events = Events(listener);
        Assert.True(events["platform.initStart"] < DateTimeOffset.UtcNow.AddDays(-12));
        Assert.True(events["platform.initReport"] < DateTimeOffset.UtcNow.AddDays(-12));
        Assert.True(events["platform.restoreStart"] > DateTimeOffset.UtcNow.AddHours(-1));
        Assert.Contains("\"initializationType\":\"snap-start\"", listener.Requests[0].Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Provisioned_concurrency_has_its_init_long_before_the_first_invocation()
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with
        {
            Initialization = InitializationType.ProvisionedConcurrency,
            InitAge = TimeSpan.FromHours(5),
        });
        var next = await sandbox.ReadyAsync(listener.Port);
        await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await listener.WaitForAsync(r => r.Text.Contains("platform.start\""), Limit.Wait, cancel: Cancel);

        var events = Events(listener);
        Assert.InRange(events["platform.start"] - events["platform.initReport"], TimeSpan.FromHours(4.9), TimeSpan.FromHours(5.1));
        Assert.Contains("provisioned-concurrency", listener.Requests[0].Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_managed_instance_runs_invocations_at_once_and_is_never_frozen()
    {
        await using var listener = ScriptedDestination.Start();
        var together = new TaskCompletionSource();
        var running = 0;
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with
        {
            Initialization = InitializationType.ManagedInstances,
            Function = FunctionSource.InProcess(async i =>
            {
                if (Interlocked.Increment(ref running) == 3)
                    together.SetResult();
                await together.Task.WaitAsync(i.Cancel);
                i.Log($$"""{"requestId":"{{i.RequestId}}","message":"together"}""");
                return "{}";
            }),
        });
        await sandbox.Client.RegisterAsync("driven", "SHUTDOWN");
        await sandbox.Client.SubscribeAsync(listener.Port, "2025-01-29");
        var next = sandbox.Client.NextAsync();
        await sandbox.Lambda.IdleAsync(Cancel);

        var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => sandbox.Lambda.InvokeToEndAsync(cancel: Cancel)));
        Assert.All(results, r => Assert.Single(r.Lines));
        await listener.WaitForAsync(_ => Types(listener).Count(t => t == "platform.report") == 3, Limit.Wait, cancel: Cancel);
        Assert.DoesNotContain("platform.runtimeDone", Types(listener));
        Assert.Contains("\"record\":{\"requestId\"", string.Concat(listener.Requests.Select(r => r.Text)), StringComparison.Ordinal);

        var shutdown = sandbox.Lambda.ShutdownAsync(Cancel);
        Assert.Equal("SHUTDOWN", (await next).Member("eventType"));
        sandbox.Lambda.KillExtension("driven");
        await shutdown;
    }

    static async Task<List<string>> TypesAsync(RuntimeDoneFault fault)
    {
        await using var listener = ScriptedDestination.Start();
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { Faults = new() { RuntimeDone = _ => fault } });
        var next = await sandbox.ReadyAsync(listener.Port);
        await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        next = sandbox.Client.NextAsync();
        await sandbox.Lambda.IdleAsync(Cancel);

        // The second invocation brings what the freeze kept back of the first.
        sandbox.Lambda.Telemetry.SayFunctionLine("end of the first");
        await sandbox.Lambda.InvokeAsync(cancel: Cancel);
        await next;
        await listener.WaitForAsync(r => r.Text.Contains("end of the first"), Limit.Wait, cancel: Cancel);
        var types = Types(listener);
        var starts = types.IndexOf("platform.start");
        var second = types.LastIndexOf("platform.start");
        return types[starts..(second > starts ? second : types.Count)];
    }

    static List<string> Types(ScriptedDestination listener) => [.. All(listener).Select(e => e.GetProperty("type").GetString()!)];

    static Dictionary<string, DateTimeOffset> Events(ScriptedDestination listener) => All(listener)
        .GroupBy(e => e.GetProperty("type").GetString()!).ToDictionary(g => g.Key, g => g.First().GetProperty("time").GetDateTimeOffset());

    static IEnumerable<JsonElement> All(ScriptedDestination listener) =>
        listener.Requests.SelectMany(r => JsonDocument.Parse(r.Body).RootElement.EnumerateArray());
}
