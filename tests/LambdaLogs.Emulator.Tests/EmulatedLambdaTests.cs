using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests;

/// <summary>Whole sandboxes with real processes.</summary>
public sealed class EmulatedLambdaTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_bash_extension_prints_the_telemetry_it_gets_and_ends_in_good_order()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            Samples.Options("python") with { Extensions = [Repository.BashExtension] }, Cancel);
        var first = await lambda.InvokeToEndAsync("""{"lines":2}""", Cancel);
        await lambda.InvokeToEndAsync("""{"lines":1}""", Cancel);
        await lambda.ShutdownAsync(Cancel);

        var extension = lambda.Transcript.Extension("telemetry-printer");
        Assert.Contains(extension.Lines, l => l.Contains("platform.initStart"));
        Assert.Contains(extension.Lines, l => l.Contains($"line 2 of 2 {first.RequestId}"));
        Assert.Contains(extension.Lines, l => l.Contains("platform.report"));
        Assert.Contains(extension.Lines, l => l.Contains("\"shutdownReason\":\"spindown\""));
        Assert.Equal(0, extension.ExitCode);
        Assert.Equal(3, extension.Nexts.Count);
        Assert.True(extension.PeakResidentBytes > 1_000_000);
        Assert.True(extension.RegisteredAt > extension.StartedAt);
    }

    /// <summary>A function whose handler runs until there is a file <c>go</c> beside it.</summary>
    const string Waiting = """
        #!/bin/bash
        api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
        while id=$(curl -s -D - -o /dev/null $api/next | tr -d '\r' | awk 'tolower($1)=="lambda-runtime-aws-request-id:"{print $2}'); do
            echo waiting
            until [ -e "$LAMBDA_TASK_ROOT/go" ]; do sleep 0.01; done
            curl -s -d '{}' $api/$id/response >/dev/null
        done
        """;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Frozen_processes_are_stopped_until_the_next_invocation()
    {
        using var files = new TempFiles();
        var function = Path.GetDirectoryName(files.Write("function/bootstrap", Waiting))!;
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(FunctionSource.Directory(function)) with { Extensions = [Repository.BashExtension] }, Cancel);
        await StoppedAsync(lambda, "runtime");
        await StoppedAsync(lambda, "telemetry-printer");

        var invoking = lambda.InvokeAsync(cancel: Cancel);
        await lambda.WaitForAsync(e => e is { Kind: TranscriptKind.Line, Text: "waiting" }, Limit.Wait, cancel: Cancel);
        Assert.NotEqual('T', StateOf(lambda, "runtime"));
        Assert.NotEqual('T', StateOf(lambda, "telemetry-printer"));

        files.Write("function/go", "");
        await (await invoking).Finished;
        await lambda.IdleAsync(Cancel);
        await StoppedAsync(lambda, "runtime");
        await StoppedAsync(lambda, "telemetry-printer");
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_timeout_responds_to_the_caller_and_the_next_invocation_has_new_processes()
    {
        var clock = new ManualClock();
        var function = FunctionSource.InProcess(async i =>
        {
            i.Log($"invocation {i.Number}");
            await Task.Delay(i.Number == 1 ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, i.Cancel);
            return "{}";
        });
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options(function) with { Time = clock, Timeout = TimeSpan.FromSeconds(4), Extensions = [Repository.BashExtension] }, Cancel);
        var before = lambda.ProcessId("telemetry-printer");
        var invoking = lambda.InvokeToEndAsync(cancel: Cancel);
        await lambda.SaidAsync(e => e.Text == "invocation 1", Cancel);
        clock.Advance(TimeSpan.FromSeconds(4));
        var result = await invoking;

        Assert.Contains("Task timed out after 4.00 seconds", result.PayloadText, StringComparison.Ordinal);
        Assert.Equal("timeout", result.Outcome!.Status);
        Assert.Contains("SHUTDOWN timeout", lambda.Texts(TranscriptKind.EventSent, "telemetry-printer"));
        Assert.Equal(Phase.Down, lambda.Phase);

        Assert.Null((await lambda.InvokeToEndAsync(cancel: Cancel)).FunctionError);
        Assert.NotEqual(before, lambda.ProcessId("telemetry-printer"));
        Assert.Equal(2, lambda.Transcript.Extension("telemetry-printer").Starts);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_killed_extension_resets_the_sandbox_and_comes_back()
    {
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options() with { Extensions = [Repository.BashExtension] }, Cancel);
        Assert.True(lambda.KillExtension("telemetry-printer"));
        await lambda.WaitForAsync(e => e is { Kind: TranscriptKind.Phase, Text: "Down" }, Limit.Wait, cancel: Cancel);
        Assert.Equal(137, lambda.Transcript.Extension("telemetry-printer").ExitCode);

        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.True(result.FunctionError is null, $"{result.PayloadText}\n{lambda.Transcript.Tail(40)}");
        Assert.Equal(2, lambda.Transcript.Extension("telemetry-printer").Starts);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("#!/bin/sh\nexit 0\n", TempFiles.Executable, "Extension.Crash")]
    [InlineData("#!/bin/sh\nexit 7\n", TempFiles.Executable, "Extension.Crash")]
    [InlineData("#!/bin/sh\n", 0x1A4, "Extension.LaunchError")]
    [InlineData("#!/no/such/interpreter\n", TempFiles.Executable, "Extension.LaunchError")]
    [InlineData("\u007fELF and nothing more", TempFiles.Executable, "Extension.LaunchError")]
    public async Task An_extension_that_does_not_come_up_fails_every_invocation(string content, int mode, string errorType)
    {
        using var files = new TempFiles();
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options() with { Extensions = [files.Write("broken", content, mode)] }, Cancel);
        Assert.Equal(Phase.Down, lambda.Phase);

        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Contains($"\"errorType\":\"{errorType}\"", result.PayloadText, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_extension_that_never_registers_uses_up_the_time_of_init_and_of_the_invocation()
    {
        using var files = new TempFiles();
        await using var lambda = await EmulatedLambda.StartAsync(
            Some.Options() with
            {
                Extensions = [files.Write("mute", TempFiles.Sleeper)],
                InitLimit = TimeSpan.FromMilliseconds(300),
                Timeout = TimeSpan.FromMilliseconds(400),
            },
            Cancel);
        var result = await lambda.InvokeToEndAsync(cancel: Cancel);
        Assert.Contains("Task timed out after 0.40 seconds", result.PayloadText, StringComparison.Ordinal);
        Assert.Equal(["Init", "Reset", "Down", "Init", "Reset", "Down"], lambda.Phases());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_layer_is_unpacked_and_its_extension_runs()
    {
        using var files = new TempFiles();
        var script = await File.ReadAllTextAsync(Repository.BashExtension, Cancel);
        var zip = files.Zip("layer.zip", ("extensions/from-layer", script, TempFiles.Executable), ("lib/data.txt", "data", 0x1A4));
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options() with { Layers = [zip] }, Cancel);

        Assert.Equal(Phase.Ready, lambda.Phase);
        Assert.NotNull(lambda.Transcript.Extension("from-layer").FirstNextAt);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Nothing_is_left_of_a_sandbox_that_is_disposed()
    {
        int runtime, extension;
        await using (var lambda = await EmulatedLambda.StartAsync(
            Samples.Options("bash") with { Extensions = [Repository.BashExtension] }, Cancel))
        {
            runtime = lambda.ProcessId("runtime")!.Value;
            extension = lambda.ProcessId("telemetry-printer")!.Value;
        }

        Assert.Equal((' ', ' '), (ProcStatus.State(runtime), ProcStatus.State(extension)));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_sandbox_that_is_disposed_starts_nothing_more_and_gives_its_callers_up()
    {
        var lambda = await EmulatedLambda.StartAsync(
            Samples.Options("bash") with { Extensions = [Repository.BashExtension] }, Cancel);
        var running = lambda.InvokeAsync("""{"sleepMs":60000}""", Cancel);
        var waiting = lambda.InvokeAsync(cancel: Cancel);
        await lambda.WaitForAsync(e => e.Text.StartsWith("line 3"), Limit.Wait, cancel: Cancel);
        await lambda.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(1, lambda.Transcript.Extension("telemetry-printer").Starts);
        Assert.Equal(137, lambda.Transcript.Extension("telemetry-printer").ExitCode);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_shutdown_that_is_not_heeded_ends_with_a_kill_after_its_budget()
    {
        await using var sandbox = await DrivenSandbox.StartAsync(o => o with { ShutdownBudget = TimeSpan.FromMilliseconds(500) });
        var next = await sandbox.ReadyAsync();
        var shutdown = sandbox.Lambda.ShutdownAsync(Cancel);
        Assert.Equal("spindown", (await next).Member("shutdownReason"));
        await shutdown;

        var extension = sandbox.Lambda.Transcript.Extension("driven");
        Assert.Equal(137, extension.ExitCode);
        var ended = sandbox.Lambda.Transcript.Events.Single(e => e is { Kind: TranscriptKind.Phase, Text: "Shutdown" });
        Assert.InRange(extension.ExitAt!.Value - ended.At, TimeSpan.FromMilliseconds(450), Limit.Wait);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Lambda_is_fast_enough_to_measure_others_with()
    {
        var function = FunctionSource.InProcess(_ => Task.FromResult("{}"));
        await using var lambda = await EmulatedLambda.StartAsync(Some.Options(function), Cancel);
        for (var i = 0; i < 50; i++)
            await lambda.InvokeToEndAsync(cancel: Cancel);

        // The fastest of many says what the emulator takes; the others say how busy the machine is.
        var times = new List<double>();
        for (var i = 0; i < 500; i++)
            times.Add((await lambda.InvokeToEndAsync(cancel: Cancel)).HandlerTime!.Value.TotalMilliseconds);
        Assert.True(times.Min() < 1, $"the fastest took {times.Min()} ms");
    }

    /// <summary>A stop takes hold when the process is next on a processor, which a busy machine delays.</summary>
    static async Task StoppedAsync(EmulatedLambda lambda, string name)
    {
        while (StateOf(lambda, name) != 'T')
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }

    static char StateOf(EmulatedLambda lambda, string name) => ProcStatus.State(lambda.ProcessId(name)!.Value);
}
