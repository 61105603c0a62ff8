using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Phases;

public sealed class RestorePhaseTests
{
    static readonly SandboxRules SnapStart = new() { Function = new() { Initialization = InitializationType.SnapStart, Version = "3" } };

    [Fact]
    public void A_runtime_that_waits_for_the_restore_has_finished_init()
    {
        var play = Snapshot();
        Assert.Equal(Phase.Ready, play.State.Phase);
        Assert.Contains(play.All, e => e is SandboxEffect.Publish { Event: PlatformEvent.InitRuntimeDone { Outcome.IsSuccess: true } });
        Assert.True(play.State.IsFrozen);
    }

    [Fact]
    public void The_first_invocation_restores_and_starts_when_the_hooks_are_done()
    {
        var play = Snapshot().Do(new SandboxInput.InvokeRequested("r1", null));
        Assert.Equal((Phase.Restore, true), (play.State.Phase, play.Did<SandboxEffect.RestoreRuntime>()));
        Assert.Equal(["platform.restoreStart"], play.SaidTypes);
        Assert.Equal(TimeSpan.FromSeconds(10), play.Effects.OfType<SandboxEffect.SetTimer>().Last().Delay);

        play.Do(new SandboxInput.RuntimeNextAsked(), later: 70);
        Assert.Equal(["platform.restoreRuntimeDone", "platform.restoreReport", "platform.start"], play.SaidTypes);
        Assert.Equal(TimeSpan.FromMilliseconds(320), play.Written.OfType<PlatformEvent.RestoreReport>().Single().Duration);
        Assert.Equal(TimeSpan.FromSeconds(3), play.The<SandboxEffect.SetTimer>().Delay);
        Assert.Equal("r1", play.The<SandboxEffect.SendInvocation>().Invocation.RequestId);
        Assert.Equal("shipper", play.The<SandboxEffect.SendEvent>().Name);
    }

    [Fact]
    public void The_hooks_count_for_the_restore_and_not_for_the_invocation()
    {
        var play = Snapshot().Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.RuntimeNextAsked(), later: 70);
        play.Do(new SandboxInput.RuntimeResponded("r1", play.State.Current!.Started, 1)).Do(new SandboxInput.RuntimeNextAsked());
        var metrics = play.Do(new SandboxInput.NextAsked("shipper")).Written.OfType<PlatformEvent.Report>().Single().Metrics;
        Assert.Equal((TimeSpan.FromMilliseconds(3), TimeSpan.FromMilliseconds(320)), (metrics.Duration, metrics.RestoreDuration));

        play.Do(new SandboxInput.InvokeRequested("r2", null));
        Assert.Equal(["platform.start"], play.SaidTypes);
    }

    [Fact]
    public void Hooks_that_take_too_long_fail_the_invocation_and_reset_the_sandbox()
    {
        var play = Snapshot().Do(new SandboxInput.InvokeRequested("r1", null));
        play.Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 10_000);
        Assert.Equal("Restore timed out after 10.00 seconds", play.The<SandboxEffect.FailCaller>().Message);
        Assert.Equal("timeout", play.Written.OfType<PlatformEvent.RestoreReport>().Single().Outcome.Status);
        Assert.Equal(Phase.Reset, play.State.Phase);
    }

    [Fact]
    public void A_hook_that_fails_fails_the_invocation()
    {
        var play = Snapshot().Do(new SandboxInput.InvokeRequested("r1", null));
        play.Do(new SandboxInput.RestoreFailed("Runtime.AfterRestoreError", "no"));
        Assert.Equal("Runtime.AfterRestoreError", play.The<SandboxEffect.FailCaller>().ErrorType);
        Assert.Equal("Runtime.AfterRestoreError", play.Written.OfType<PlatformEvent.RestoreRuntimeDone>().Single().Outcome.ErrorType);
        Assert.Equal(Phase.Reset, play.State.Phase);
    }

    [Fact]
    public void A_process_that_ends_during_the_restore_fails_the_invocation()
    {
        var runtime = Snapshot().Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.RuntimeExited(new ExitStatus(3)));
        Assert.Equal("Runtime.ExitError", runtime.The<SandboxEffect.FailCaller>().ErrorType);

        var extension = Snapshot().Do(new SandboxInput.InvokeRequested("r1", null))
            .Do(new SandboxInput.ExtensionExited("shipper", new ExitStatus(3)));
        Assert.Equal("Extension.Crash", extension.The<SandboxEffect.FailCaller>().ErrorType);
        Assert.Contains("platform.extension", extension.SaidTypes);
    }

    [Fact]
    public void A_runtime_that_is_started_again_inside_an_invocation_is_restored_there()
    {
        var play = Snapshot().Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.RuntimeExited(new ExitStatus(3)))
            .Do(new SandboxInput.TelemetryFlushed()).Do(new SandboxInput.ExtensionExited("shipper", new ExitStatus(0)));
        Assert.Equal(Phase.Down, play.State.Phase);

        Start(play.Do(new SandboxInput.InvokeRequested("r2", null)));
        Assert.Equal((Phase.Restore, true), (play.State.Phase, play.Did<SandboxEffect.RestoreRuntime>()));
        Assert.Equal("r2", play.Do(new SandboxInput.RuntimeNextAsked()).The<SandboxEffect.SendInvocation>().Invocation.RequestId);
    }

    [Fact]
    public void Only_a_runtime_of_SnapStart_can_wait_for_a_restore_and_only_at_its_start()
    {
        var starting = new Play(SnapStart).Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([])).State;
        Assert.Null(Admission.RuntimeRestoreNext(starting));
        Assert.Equal("InvalidStateTransition", Admission.RuntimeRestoreNext(Play.Ready(SnapStart).State)!.Type);
        Assert.Equal(
            403, Admission.RuntimeRestoreNext(new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([])).State)!.Status);
        Assert.NotNull(Admission.RuntimeNext(Snapshot().State));
        Assert.NotNull(Admission.RuntimeRestoreError(Snapshot().State));
    }

    /// <summary>Through Init, with a runtime that waits for the restore.</summary>
    static Play Snapshot() => Start(new Play(SnapStart).Do(new SandboxInput.InitRequested()));

    static Play Start(Play play) => play.Do(new SandboxInput.Launched(["shipper"])).Register("shipper", "INVOKE", "SHUTDOWN")
        .Do(new SandboxInput.RestoreNextAsked()).Do(new SandboxInput.NextAsked("shipper"));
}
