using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Phases;

public sealed class EndPhaseTests
{
    [Fact]
    public void The_runtime_is_terminated_before_the_extensions_hear_of_the_shutdown()
    {
        var play = Play.Ready().Do(new SandboxInput.ShutdownRequested());
        Assert.True(play.Did<SandboxEffect.Thaw>());
        Assert.True(play.Did<SandboxEffect.TerminateRuntime>());
        Assert.Equal(TimeSpan.FromMilliseconds(300), play.The<SandboxEffect.SetTimer>().Delay);
        Assert.False(play.Did<SandboxEffect.SendEvent>());

        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(143, 15)), later: 100);
        Assert.True(play.Did<SandboxEffect.FlushTelemetry>());
        Assert.Equal(TimeSpan.FromSeconds(1), play.The<SandboxEffect.SetTimer>().Delay);
        Assert.False(play.Did<SandboxEffect.SendEvent>());

        play.Do(new SandboxInput.TelemetryFlushed(), later: 40);
        var shutdown = Assert.IsType<ExtensionEvent.Shutdown>(play.The<SandboxEffect.SendEvent>().Event);
        Assert.Equal("spindown", shutdown.Reason);
        Assert.Equal(TimeSpan.FromMilliseconds(1_860), play.The<SandboxEffect.SetTimer>().Delay);
        Assert.Equal(play.State.KillAt.Wall, shutdown.Deadline);
    }

    [Fact]
    public void A_runtime_that_does_not_end_is_killed_after_its_share()
    {
        var play = Play.Ready().Do(new SandboxInput.ShutdownRequested()).Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 300);
        Assert.True(play.Did<SandboxEffect.KillRuntime>());
        Assert.False(play.Did<SandboxEffect.KillExtension>());
    }

    [Fact]
    public void An_extension_that_does_not_end_is_killed_when_the_budget_is_used_up()
    {
        var play = Play.Ready().Do(new SandboxInput.ShutdownRequested()).Do(new SandboxInput.RuntimeExited(new ExitStatus(143, 15)));
        play.Do(new SandboxInput.TelemetryFlushed()).Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 2_000);
        Assert.Equal("shipper", play.The<SandboxEffect.KillExtension>().Name);

        play.Do(new SandboxInput.ExtensionExited("shipper", new ExitStatus(137, 9)));
        Assert.Equal(Phase.Ended, play.State.Phase);
    }

    [Fact]
    public void An_extension_that_did_not_ask_for_the_shutdown_is_killed_at_once()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"])).Register("a", "INVOKE");
        play.Do(new SandboxInput.RuntimeNextAsked()).Do(new SandboxInput.NextAsked("a")).Do(new SandboxInput.ShutdownRequested());
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(143, 15))).Do(new SandboxInput.TelemetryFlushed());
        Assert.True(play.Did<SandboxEffect.KillExtension>());
    }

    [Fact]
    public void A_flush_that_does_not_end_is_given_up_and_the_extensions_hear_of_the_shutdown()
    {
        var play = Play.Ready().Do(new SandboxInput.ShutdownRequested()).Do(new SandboxInput.RuntimeExited(new ExitStatus(143, 15)));
        play.Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 1_000);
        Assert.IsType<ExtensionEvent.Shutdown>(play.The<SandboxEffect.SendEvent>().Event);
        Assert.Empty(play.Do(new SandboxInput.TelemetryFlushed()).Effects);
    }

    [Fact]
    public void A_reset_delivers_what_the_runtime_wrote_before_the_extensions_hear_of_it()
    {
        var play = Play.Invoking().Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 3_000);
        Assert.True(play.Did<SandboxEffect.KillRuntime>());
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9)));
        Assert.True(play.Did<SandboxEffect.FlushTelemetry>());
        play.Do(new SandboxInput.NextAsked("shipper"));
        Assert.False(play.Did<SandboxEffect.SendEvent>());

        var shutdown = Assert.IsType<ExtensionEvent.Shutdown>(
            play.Do(new SandboxInput.TelemetryFlushed()).The<SandboxEffect.SendEvent>().Event);
        Assert.Equal("timeout", shutdown.Reason);
    }

    [Fact]
    public void Without_extensions_the_runtime_is_killed_without_warning()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([]));
        play.Do(new SandboxInput.RuntimeNextAsked()).Do(new SandboxInput.ShutdownRequested());
        Assert.True(play.Did<SandboxEffect.KillRuntime>());
        Assert.Equal(Phase.Ended, play.Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9))).State.Phase);
    }

    [Fact]
    public void A_shutdown_waits_for_the_invocation_under_way()
    {
        var play = Play.Invoking().Do(new SandboxInput.ShutdownRequested());
        Assert.Equal(Phase.Invoke, play.State.Phase);

        play.Do(new SandboxInput.RuntimeResponded("r1", default, 2)).Do(new SandboxInput.NextAsked("shipper"));
        Assert.Equal(Phase.Shutdown, play.Do(new SandboxInput.RuntimeNextAsked()).State.Phase);
    }

    [Fact]
    public void A_sandbox_without_processes_ends_at_once_and_refuses_what_comes_later()
    {
        var play = new Play().Do(new SandboxInput.ShutdownRequested());
        Assert.Equal(Phase.Ended, play.State.Phase);
        Assert.Equal("Sandbox.Failure", play.Do(new SandboxInput.InvokeRequested("r1", null)).The<SandboxEffect.FailCaller>().ErrorType);
    }

    [Fact]
    public void A_crash_between_invocations_resets_the_sandbox()
    {
        var play = Play.Ready().Do(new SandboxInput.ExtensionExited("shipper", new ExitStatus(137, 9)));
        Assert.Equal("Extension.Crash", play.Written.OfType<PlatformEvent.Extension>().Single().ErrorType);
        Assert.Equal(Phase.Reset, play.State.Phase);
        Assert.Equal(Phase.Down, play.Do(new SandboxInput.RuntimeExited(new ExitStatus(137, 9))).State.Phase);
    }
}
