using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Phases;

public sealed class ManagedInvokesTests
{
    static readonly SandboxRules Rules = new() { Function = new() { Initialization = InitializationType.ManagedInstances } };

    [Fact]
    public void As_many_invocations_run_at_once_as_the_runtime_asks_for()
    {
        var play = Ready(calls: 2).Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.InvokeRequested("r2", null));
        play.Do(new SandboxInput.InvokeRequested("r3", null));
        Assert.Equal(["r1", "r2"], play.State.Active.Keys.Order());

        play.Do(new SandboxInput.RuntimeNextAsked());
        Assert.Equal("r3", play.The<SandboxEffect.SendInvocation>().Invocation.RequestId);
    }

    [Fact]
    public void The_report_comes_with_the_response_and_there_is_no_runtime_done()
    {
        var play = Ready(calls: 1).Do(new SandboxInput.InvokeRequested("r1", null));
        Assert.NotNull(play.Written.OfType<PlatformEvent.Start>().Single().Arn);

        play.Do(new SandboxInput.RuntimeResponded("r1", Support.Some.Moment(6), 2));
        Assert.Equal(["platform.report"], play.SaidTypes);
        Assert.True(play.Did<SandboxEffect.RespondToCaller>());
        Assert.Empty(play.State.Active);
    }

    [Fact]
    public void Nothing_is_ever_frozen()
    {
        var play = Ready(calls: 1).Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.RuntimeResponded("r1", default, 2));
        Assert.DoesNotContain(play.All, e => e is SandboxEffect.Freeze);
    }

    [Fact]
    public void A_timeout_ends_one_invocation_and_leaves_the_others()
    {
        var play = Ready(calls: 2).Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.InvokeRequested("r2", null));
        play.Do(new SandboxInput.TimerFired("r1"), later: 3_000);

        Assert.Equal("timeout", play.Written.OfType<PlatformEvent.ManagedReport>().Single().Outcome.Status);
        Assert.Equal(["r2"], play.State.Active.Keys);
        Assert.Equal(Phase.Ready, play.State.Phase);
    }

    [Fact]
    public void A_crash_of_the_runtime_fails_all_of_them()
    {
        var play = Ready(calls: 2).Do(new SandboxInput.InvokeRequested("r1", null)).Do(new SandboxInput.InvokeRequested("r2", null));
        play.Do(new SandboxInput.RuntimeExited(new ExitStatus(1)));
        Assert.Equal(2, play.Effects.OfType<SandboxEffect.FailCaller>().Count());
        Assert.Empty(play.State.Active);
    }

    static Play Ready(int calls)
    {
        var play = new Play(Rules).Do(new SandboxInput.InitRequested()).Do(new SandboxInput.Launched([]));
        for (var i = 0; i < calls; i++)
            play.Do(new SandboxInput.RuntimeNextAsked());
        return play;
    }
}
