using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Phases;

public sealed class InitPhaseTests
{
    [Fact]
    public void Init_starts_the_extensions_before_the_runtime()
    {
        var play = new Play().Do(new SandboxInput.InitRequested());

        Assert.Equal(["platform.initStart"], play.SaidTypes);
        Assert.True(play.Did<SandboxEffect.LaunchExtensions>());
        Assert.False(play.Did<SandboxEffect.StartRuntime>());
        Assert.Equal(TimeSpan.FromSeconds(10), play.The<SandboxEffect.SetTimer>().Delay);
    }

    [Fact]
    public void The_runtime_starts_when_the_last_extension_has_registered()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a", "b"]));
        Assert.False(play.Register("a", "INVOKE").Did<SandboxEffect.StartRuntime>());
        Assert.True(play.Register("b").Did<SandboxEffect.StartRuntime>());
    }

    [Fact]
    public void Without_extensions_the_runtime_starts_at_once()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([]));
        Assert.True(play.Did<SandboxEffect.StartRuntime>());
    }

    [Fact]
    public void Init_ends_when_everyone_has_asked_for_an_event_and_the_sandbox_freezes()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"])).Register("a", "INVOKE");

        play.Do(new SandboxInput.RuntimeNextAsked());
        Assert.Equal(["platform.initRuntimeDone"], play.SaidTypes);
        Assert.Equal(Phase.Init, play.State.Phase);

        play.Do(new SandboxInput.NextAsked("a"));
        Assert.Equal(["platform.extension", "platform.initReport"], play.SaidTypes);
        Assert.Equal("Ready", play.Written.OfType<PlatformEvent.Extension>().Single().State);
        Assert.Equal(TimeSpan.FromMilliseconds(4), play.Written.OfType<PlatformEvent.InitReport>().Single().Duration);
        Assert.Equal(Phase.Ready, play.State.Phase);
        Assert.True(play.Did<SandboxEffect.Freeze>());
        Assert.True(play.Did<SandboxEffect.CloseSubscriptions>());
    }

    [Fact]
    public void A_waiting_invocation_keeps_the_sandbox_from_freezing_after_init()
    {
        var play = new Play().Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.Launched([]));
        play.Do(new SandboxInput.RuntimeNextAsked());

        Assert.Equal(Phase.Invoke, play.State.Phase);
        Assert.DoesNotContain(play.All, e => e is SandboxEffect.Freeze);
        Assert.True(play.Did<SandboxEffect.SendInvocation>());
    }

    [Fact]
    public void An_init_that_takes_too_long_is_reported_as_a_timeout_and_everything_is_torn_down()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"]));
        play.Do(new SandboxInput.TimerFired(Step.PhaseTimer), later: 10_000);

        var report = play.Written.OfType<PlatformEvent.InitReport>().Single();
        Assert.Equal("timeout", report.Outcome.Status);
        Assert.Null(report.Outcome.ErrorType);
        Assert.Equal(Phase.Reset, play.State.Phase);
        Assert.Equal("a", play.Do(new SandboxInput.TelemetryFlushed()).The<SandboxEffect.KillExtension>().Name);
    }

    [Fact]
    public void After_a_failed_init_the_first_invocation_has_an_init_of_its_own()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([]));
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(1)));
        Assert.Equal(["platform.initRuntimeDone", "platform.initReport"], play.SaidTypes);
        Assert.Equal(Phase.Down, play.State.Phase);

        play.Do(new SandboxInput.InvokeRequested("r1", null));
        Assert.Equal("invoke", play.Written.OfType<PlatformEvent.InitStart>().Single().Phase);
        Assert.Equal(TimeSpan.FromSeconds(3), play.The<SandboxEffect.SetTimer>().Delay);

        play.Do(new SandboxInput.Launched([])).Do(new SandboxInput.RuntimeNextAsked());
        Assert.Equal(["platform.initRuntimeDone", "platform.initReport", "platform.start"], play.SaidTypes);
        Assert.Null(play.State.InitDuration);
    }

    [Fact]
    public void When_that_fails_too_the_caller_hears_of_it_and_the_invocation_is_reported()
    {
        var play = new Play().Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.Launched([]));
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(1))).Do(new SandboxInput.Launched([]));
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(1)));

        var failed = play.The<SandboxEffect.FailCaller>();
        Assert.Equal("Runtime.ExitError", failed.ErrorType);
        Assert.Equal("Runtime exited with error: exit status 1", failed.Message);
        Assert.Equal(["platform.initRuntimeDone", "platform.initReport", "platform.start", "platform.report"], play.SaidTypes);
        Assert.Equal(Phase.Down, play.State.Phase);
    }

    [Fact]
    public void A_file_that_cannot_be_executed_fails_init_with_a_launch_error()
    {
        var play = new Play().Do(new SandboxInput.InitRequested());
        play.Do(new SandboxInput.LaunchFailed([], "broken.sh", "PermissionDenied", "fork/exec broken.sh: permission denied"));

        Assert.Equal(["platform.extension", "platform.initReport"], play.SaidTypes);
        var extension = play.Written.OfType<PlatformEvent.Extension>().Single();
        Assert.Equal(("LaunchError", "PermissionDenied"), (extension.State, extension.ErrorType));
        Assert.Equal("Extension.LaunchError", play.Written.OfType<PlatformEvent.InitReport>().Single().Outcome.ErrorType);
    }

    [Theory]
    [InlineData(0, "exit code 0")]
    [InlineData(2, "exit status 2")]
    public void An_extension_that_ends_during_init_is_a_crash_whatever_its_code(int code, string text)
    {
        var play = new Play().Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.Launched(["a"]));
        play.Do(new SandboxInput.ExtensionExited("a", new ExitStatus(code)));

        Assert.Equal("Extension.Crash", play.Written.OfType<PlatformEvent.InitReport>().Single().Outcome.ErrorType);
        play.Do(new SandboxInput.Launched(["a"])).Do(new SandboxInput.ExtensionExited("a", new ExitStatus(code)));
        Assert.Equal(text, play.The<SandboxEffect.FailCaller>().Message);
    }

    [Fact]
    public void An_init_error_of_an_extension_fails_init()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched(["a"])).Register("a", "SHUTDOWN");
        play.Do(new SandboxInput.ErrorReported("a", IsInit: true, "Extension.NoConfig"));

        Assert.Equal("Extension.InitError", play.Written.OfType<PlatformEvent.InitReport>().Single().Outcome.ErrorType);
        Assert.Equal("InitError", play.Written.OfType<PlatformEvent.Extension>().Single().State);
    }

    [Fact]
    public void An_internal_extension_has_to_ask_for_an_event_too()
    {
        var play = new Play().Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([])).Register("inside", "INVOKE");
        play.Do(new SandboxInput.RuntimeNextAsked());
        Assert.Equal(Phase.Init, play.State.Phase);
        Assert.Equal(Phase.Ready, play.Do(new SandboxInput.NextAsked("inside")).State.Phase);
    }
}
