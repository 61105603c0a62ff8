using LambdaLogs.Emulator;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Faults;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.EndToEnd;

/// <summary>Sandboxes that end badly, start in other ways, or live long.</summary>
public sealed class SandboxFaultTests
{
    [Fact]
    public async Task A_function_out_of_memory_leaves_its_lines_and_a_record_that_says_so()
    {
        await using var scene = await Scene.StartAsync(invocation =>
        {
            invocation.Log("growing");
            InvocationContext.OutOfMemory();
            return Task.FromResult("");
        });
        await scene.InvokeAsync();
        await scene.Lambda.ShutdownAsync(Scene.Cancel);

        var records = Delivered.Records(scene.Destination);
        Assert.Contains(records, r => r.Message == "growing");
        Assert.Contains(records, r => r.Level == "ERROR" && r.Message.Contains("memory", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_extension_for_another_architecture_is_reported_with_both()
    {
        using var shipped = new Shipped();
        var bytes = await File.ReadAllBytesAsync(shipped.Path, Scene.Cancel);
        var foreign = Path.Combine(Directory.CreateTempSubdirectory("foreign-").FullName, Layer.ExtensionName);

        // e_machine of the ELF header: one that no machine of Lambda has.
        (bytes[18], bytes[19]) = (40, 0);
        await File.WriteAllBytesAsync(foreign, bytes, Scene.Cancel);
        Shipped.MakeExecutable(foreign);
        await using var scene = await Scene.StartAsync(change: o => o with { Layers = [], Extensions = [foreign] });

        var launch = Assert.Single(scene.Lambda.Transcript.Events, e => e.Kind is TranscriptKind.LaunchFailed);
        Assert.Matches(@"^fork/exec \S+: exec format error \(it is for ELF machine 40, and this machine is (x86_64|arm64)\)$", launch.Text);
        Directory.Delete(Path.GetDirectoryName(foreign)!, recursive: true);
    }

    [Fact]
    public async Task A_timeout_that_the_platform_does_not_explain_is_reported_from_what_is_known()
    {
        await using var scene = await Scene.StartAsync(
            async invocation =>
            {
                await Task.Delay(Timeout.Infinite, invocation.Cancel);
                return "{}";
            },
            change: o => o with
            {
                Timeout = TimeSpan.FromSeconds(1),
                Faults = new TelemetryFaults { RuntimeDone = _ => RuntimeDoneFault.Lost },
            });
        var result = await scene.InvokeAsync();
        await scene.Lambda.ShutdownAsync(Scene.Cancel);

        var words = Assert.Single(Delivered.Records(scene.Destination), r => r.LogType == "extension.shutdown");
        Assert.Equal("ERROR", words.Level);
        Assert.Equal(result.RequestId, words.RequestId);
        Assert.Equal("The function timed out after 1.00 seconds", words.Message);
    }

    [Fact]
    public async Task What_a_dead_endpoint_did_not_take_before_a_crash_is_delivered_by_the_next_process()
    {
        var name = $"spill-{Guid.NewGuid():N}";
        await using var scene = await Scene.StartAsync(
            invocation =>
            {
                invocation.Log(Functions.Line(invocation.Number, 1));
                if (invocation.Number == 1)
                    InvocationContext.Crash(1);
                return Task.FromResult("{}");
            },
            new() { ["LOGS_SPILL_MAX_BYTES"] = "1MB", ["LOGS_FLUSH_TIMEOUT_MS"] = "200" },
            o => o with { FunctionName = name },
            d => d.Default = Response.WithStatus(503));
        await scene.InvokeAsync();
        Assert.True(Summary.Of(scene.OwnLines).Spilled > 0, scene.Story());
        scene.Destination.Default = Response.Ok;
        await scene.InvokeAsync();
        await scene.EndAsync();

        Assert.Equal(Functions.Lines(2, 1), Delivered.Lines(scene.Destination));
        Assert.False(File.Exists($"/tmp/aws-lambda-logs-http-destination.{name}.spill"));
    }

    [Fact]
    public async Task A_killed_extension_is_followed_by_a_new_one_that_delivers()
    {
        await using var scene = await Scene.StartAsync(Functions.Count(2));
        await scene.InvokeAsync();
        scene.Lambda.KillExtension(Layer.ExtensionName);
        await scene.Lambda.WaitForAsync(e => e is { Kind: TranscriptKind.ProcessExited, Source: Layer.ExtensionName }, Scene.Patience, cancel: Scene.Cancel);
        await scene.Lambda.IdleAsync(Scene.Cancel);
        await scene.InvokeAsync();
        await scene.InvokeAsync();

        Assert.Equal(2, scene.Extension.Starts);
        Assert.Contains(Functions.Line(1, 2), Delivered.Lines(scene.Destination));
        Assert.Contains(Delivered.Lines(scene.Destination), l => l.EndsWith("line 2", StringComparison.Ordinal) && !l.StartsWith("invocation 1 ", StringComparison.Ordinal));
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_hundred_megabytes_into_a_dead_endpoint_stay_within_the_buffer()
    {
        Pace.SkipMemoryUnderEmulation();
        var line = new string('x', 10_000);
        await using var scene = await Scene.StartAsync(
            invocation =>
            {
                for (var number = 0; number < 2_000; number++)
                    invocation.Log(line);
                return Task.FromResult("{}");
            },
            new() { ["LOGS_BUFFER_MAX_BYTES"] = "4MB", ["LOGS_FLUSH_TIMEOUT_MS"] = "200", ["HTTP_ENDPOINT"] = "http://127.0.0.1:9/" },
            // The emulator's own buffer must not be what drops them.
            o => o with { MemoryMb = 1024, Timeout = TimeSpan.FromSeconds(60), Feed = new FeedOptions { PendingFactor = 200 } });
        for (var invocation = 0; invocation < 5; invocation++)
            await scene.InvokeAsync();

        var peak = scene.Lambda.PeakResidentBytes(Layer.ExtensionName);
        Assert.InRange(peak, 1, 40 * 1024 * 1024);
        var summary = await scene.EndAsync();
        Assert.Equal(0, summary.Delivered);
        Assert.True(summary.Dropped >= 5 * 2_000, summary.ToString());
    }

    [Fact]
    public async Task A_thousand_invocations_leave_memory_flat()
    {
        Pace.SkipMemoryUnderEmulation();
        await using var scene = await Scene.StartAsync(Functions.Count(5), new() { ["LOGS_FLUSH_MODE"] = "auto" }, o => o with { Freeze = false });
        for (var invocation = 0; invocation < 200; invocation++)
            await scene.InvokeAsync();
        var early = scene.Lambda.PeakResidentBytes(Layer.ExtensionName);
        for (var invocation = 200; invocation < 1000; invocation++)
            await scene.InvokeAsync();
        var late = scene.Lambda.PeakResidentBytes(Layer.ExtensionName);

        Assert.InRange(late - early, 0, 3 * 1024 * 1024);
        await scene.EndAsync();
        Assert.Equal(Functions.Lines(1000, 5), Delivered.Lines(scene.Destination));
    }

    [Fact]
    public async Task A_suppressed_init_is_followed_within_the_invocation()
    {
        var starts = 0;
        var handler = new FunctionSource.FromHandler(Functions.Say("after the second init"))
        {
            Init = _ => Interlocked.Increment(ref starts) == 1 ? throw new InvalidOperationException("the first init fails") : Task.CompletedTask,
        };
        await using var scene = await Scene.StartAsync(change: o => o with { Function = handler });
        await scene.InvokeAsync();

        Assert.Contains("after the second init", Delivered.Lines(scene.Destination));
        await scene.EndAsync();
    }

    [Fact]
    public async Task Provisioned_concurrency_waits_long_for_its_first_invocation()
    {
        await using var scene = await Scene.StartAsync(
            change: o => o with { Initialization = InitializationType.ProvisionedConcurrency, InitAge = TimeSpan.FromHours(2) });
        await scene.InvokeAsync();

        Assert.Equal(["hello"], Delivered.Lines(scene.Destination));
        await scene.EndAsync();
    }

    [Fact]
    public async Task Records_of_a_snapshot_are_marked()
    {
        await using var scene = await Scene.StartAsync(change: o => o with { Initialization = InitializationType.SnapStart, FunctionVersion = "7" });
        await scene.InvokeAsync();
        await scene.EndAsync();

        var records = Delivered.Records(scene.Destination);
        Assert.False(records.First(r => r.LogType == "function").Json.TryGetProperty("snapshot", out _));
        Assert.All(records.Where(r => r.LogType == "platform.initReport"), r => Assert.True(r.Json.GetProperty("snapshot").GetBoolean()));
        Assert.Contains(records, r => r.LogType == "platform.restoreReport");
    }

    [Fact]
    public async Task On_a_managed_instance_lines_arrive_while_invocations_run_side_by_side()
    {
        await using var scene = await Scene.StartAsync(
            invocation =>
            {
                invocation.Log($$"""{"level":"INFO","requestId":"{{invocation.RequestId}}","message":"side by side"}""");
                return Task.FromResult("{}");
            },
            change: o => o with { Initialization = InitializationType.ManagedInstances });
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Lambda.InvokeAsync("{}", Scene.Cancel)));
        await scene.Destination.WaitForAsync(
            _ => Delivered.Lines(scene.Destination).Count(l => l == "side by side") == 4, Scene.Patience, cancel: Scene.Cancel);
        await scene.EndAsync();

        var records = Delivered.Records(scene.Destination).Where(r => r.LogType == "function").ToList();
        Assert.Equal(results.Select(r => r.RequestId).Order(), records.Select(r => r.RequestId).Order());
    }
}
