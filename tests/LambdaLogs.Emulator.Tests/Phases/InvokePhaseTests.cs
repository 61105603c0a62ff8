using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Phases;

public sealed class InvokePhaseTests
{
    [Fact]
    public void An_invocation_thaws_the_sandbox_and_goes_to_the_runtime_and_the_extensions()
    {
        var play = Play.Invoking();

        Assert.IsType<SandboxEffect.Thaw>(play.Effects[0]);
        Assert.Equal("r1", play.The<SandboxEffect.SendInvocation>().Invocation.RequestId);
        var sent = Assert.IsType<ExtensionEvent.Invoke>(play.The<SandboxEffect.SendEvent>().Event);
        Assert.Equal("r1", sent.RequestId);
        Assert.Equal(play.State.Current!.Deadline, sent.Deadline);
        Assert.Equal(["platform.start"], play.SaidTypes);
    }

    [Fact]
    public void The_caller_gets_the_response_at_once_and_the_report_waits_for_the_extension()
    {
        var play = Play.Invoking();
        play.Do(new SandboxInput.RuntimeResponded("r1", Support.Some.Moment(6), 42), later: 10);
        Assert.True(play.Did<SandboxEffect.RespondToCaller>());

        play.Do(new SandboxInput.RuntimeNextAsked(), later: 2);
        var done = play.Written.OfType<PlatformEvent.RuntimeDone>().Single();
        Assert.Equal(TimeSpan.FromMilliseconds(12), done.Duration);
        Assert.Equal(42, done.ProducedBytes);
        Assert.Equal(TimeSpan.FromMilliseconds(2), done.Response!.Overhead.Duration);
        Assert.Equal(Phase.Invoke, play.State.Phase);

        play.Do(new SandboxInput.NextAsked("shipper"), later: 30);
        var report = play.Written.OfType<PlatformEvent.Report>().Single();
        Assert.Equal(TimeSpan.FromMilliseconds(42), report.Metrics.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(30), report.ExtensionOverhead!.Value.Duration);
        Assert.Equal(TimeSpan.FromMilliseconds(4), report.Metrics.InitDuration);
        Assert.Equal(TimeSpan.FromMilliseconds(30), play.The<SandboxEffect.Finish>().Added);
        Assert.IsType<SandboxEffect.Freeze>(play.Effects[^1]);
    }

    [Fact]
    public void The_init_duration_is_in_the_first_report_only()
    {
        var play = Complete(Play.Invoking(), "r1");
        Complete(play.Do(new SandboxInput.InvokeRequested("r2", null)), "r2");
        Assert.Null(play.Written.OfType<PlatformEvent.Report>().Single().Metrics.InitDuration);
    }

    [Fact]
    public void An_extension_that_wants_no_invocations_is_not_waited_for()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"])).Register("a", "SHUTDOWN");
        play.Do(new SandboxInput.RuntimeNextAsked()).Do(new SandboxInput.NextAsked("a")).Do(new SandboxInput.InvokeRequested("r1", null));
        Assert.False(play.Did<SandboxEffect.SendEvent>());

        play.Do(new SandboxInput.RuntimeResponded("r1", default, 2)).Do(new SandboxInput.RuntimeNextAsked());
        Assert.Equal(Phase.Ready, play.State.Phase);
    }

    [Fact]
    public void Invocations_wait_for_each_other_and_the_sandbox_does_not_freeze_between()
    {
        var play = Play.Invoking().Do(new SandboxInput.InvokeRequested("r2", null));
        Assert.Empty(play.Effects);

        play.Do(new SandboxInput.RuntimeResponded("r1", default, 2)).Do(new SandboxInput.NextAsked("shipper"));
        play.Do(new SandboxInput.RuntimeNextAsked());
        Assert.Equal("r2", play.The<SandboxEffect.SendInvocation>().Invocation.RequestId);
        Assert.False(play.Did<SandboxEffect.Freeze>());
    }

    [Fact]
    public void A_timeout_is_reported_with_the_functions_timeout_and_resets_the_sandbox()
    {
        var play = Play.Invoking().Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 3_007);

        var done = play.Written.OfType<PlatformEvent.RuntimeDone>().Single();
        Assert.Equal(("timeout", null), (done.Outcome.Status, done.Outcome.ErrorType));
        Assert.Equal(TimeSpan.FromSeconds(3), play.Written.OfType<PlatformEvent.Report>().Single().Metrics.Duration);
        Assert.Equal("Task timed out after 3.00 seconds", play.The<SandboxEffect.FailCaller>().Message);
        Assert.True(play.Did<SandboxEffect.KillRuntime>());
        Assert.Equal(Phase.Reset, play.State.Phase);
    }

    [Fact]
    public void An_extension_that_still_works_at_the_timeout_gets_the_shutdown_at_its_next_call()
    {
        var play = Play.Invoking().Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 3_000);
        Assert.False(play.Did<SandboxEffect.SendEvent>());

        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9))).Do(new SandboxInput.TelemetryFlushed());
        play.Do(new SandboxInput.NextAsked("shipper"));
        Assert.Equal("timeout", Assert.IsType<ExtensionEvent.Shutdown>(play.The<SandboxEffect.SendEvent>().Event).Reason);
    }

    [Fact]
    public void An_extension_that_never_returns_makes_a_timeout_though_the_caller_has_its_response()
    {
        var play = Play.Invoking().Do(new SandboxInput.RuntimeResponded("r1", default, 2)).Do(new SandboxInput.RuntimeNextAsked());
        play.Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 3_000);

        Assert.Equal(["platform.report"], play.SaidTypes);
        Assert.False(play.Did<SandboxEffect.FailCaller>());
        Assert.Equal("timeout", play.Written.OfType<PlatformEvent.Report>().Single().Outcome.Status);
    }

    [Fact]
    public void Running_out_of_memory_is_distinguished_from_another_end_of_the_runtime()
    {
        var play = Play.Invoking().Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9, OutOfMemory: true)));
        Assert.Equal("Runtime.OutOfMemory", play.Written.OfType<PlatformEvent.RuntimeDone>().Single().Outcome.ErrorType);

        play = Play.Invoking().Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9)));
        Assert.Equal("Runtime.ExitError", play.Written.OfType<PlatformEvent.RuntimeDone>().Single().Outcome.ErrorType);
        Assert.Equal("Runtime exited with error: signal: killed", play.The<SandboxEffect.FailCaller>().Message);
    }

    [Fact]
    public void An_extension_that_ends_fails_the_invocation_and_all_others_hear_of_the_failure()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a", "b"]));
        play.Register("a", "INVOKE", "SHUTDOWN").Register("b", "SHUTDOWN").Do(new SandboxInput.RuntimeNextAsked());
        play.Do(new SandboxInput.NextAsked("a")).Do(new SandboxInput.NextAsked("b")).Do(new SandboxInput.InvokeRequested("r1", null));

        play.Do(new SandboxInput.ExtensionExited("a", new ExitStatus(0)));
        var failed = play.The<SandboxEffect.FailCaller>();
        Assert.Equal(("Extension.Crash", "exit code 0"), (failed.ErrorType, failed.Message));
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9))).Do(new SandboxInput.TelemetryFlushed());
        Assert.Equal("failure", Assert.IsType<ExtensionEvent.Shutdown>(play.The<SandboxEffect.SendEvent>().Event).Reason);

        play.Do(new SandboxInput.ExtensionExited("b", new ExitStatus(0)));
        Assert.Equal(Phase.Down, play.State.Phase);
    }

    [Fact]
    public void After_a_reset_the_next_invocation_starts_all_processes_again()
    {
        var play = Play.Invoking().Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 3_000);
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9))).Do(new SandboxInput.ExtensionExited("shipper", new ExitStatus(0)));
        Assert.True(play.Did<SandboxEffect.GenerationEnded>());

        play.Do(new SandboxInput.InvokeRequested("r2", null));
        Assert.True(play.Did<SandboxEffect.LaunchExtensions>());
        Assert.Equal(Phase.Init, play.State.Phase);
    }

    [Fact]
    public void With_a_snapshot_the_first_invocation_is_preceded_by_the_restore()
    {
        var rules = new SandboxRules { Function = new() { Initialization = InitializationType.SnapStart } };
        var play = Play.Invoking(rules);
        Assert.Equal(
            ["platform.restoreStart", "platform.restoreRuntimeDone", "platform.restoreReport", "platform.start"], play.SaidTypes);

        Complete(play, "r1");
        var metrics = play.Written.OfType<PlatformEvent.Report>().Single().Metrics;
        Assert.Equal(TimeSpan.FromMilliseconds(250), metrics.RestoreDuration);
        Assert.Null(metrics.InitDuration);

        play.Do(new SandboxInput.InvokeRequested("r2", null));
        Assert.Equal(["platform.start"], play.SaidTypes);
    }

    static Play Complete(Play play, string requestId) => play
        .Do(new SandboxInput.RuntimeResponded(requestId, default, 2))
        .Do(new SandboxInput.NextAsked("shipper"))
        .Do(new SandboxInput.RuntimeNextAsked());
}
