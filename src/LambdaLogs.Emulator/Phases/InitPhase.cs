using System.Collections.Immutable;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Init: extensions start and register, then the runtime starts, and each asks for its first event.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib"/>
/// </remarks>
internal static class InitPhase
{
    public static void Request(Step step)
    {
        if (step.State.Phase is Phase.Cold)
            Begin(step, "init");
    }

    /// <param name="step"><see cref="Phase.Cold"/> or <see cref="Phase.Down"/>.</param>
    /// <param name="phase"><c>init</c>, or <c>invoke</c> if an invocation waits for it, whose time limit then applies.</param>
    public static void Begin(Step step, string phase)
    {
        step.Enter(Phase.Init);
        step.State = step.State with
        {
            Init = new InitAttempt(phase, step.Now),
            InitDuration = null,
            Extensions = [],
            Runtime = RuntimeStatus.Absent,
            RuntimeCalls = 0,
        };
        step.AddEffect(new SandboxEffect.OpenSubscriptions());
        step.Publish(new PlatformEvent.InitStart(step.Now.Wall, step.Rules.Function, phase));
        if (phase == "init")
            step.StartPhaseTimer(step.Rules.InitLimit);
        step.AddEffect(new SandboxEffect.LaunchExtensions());
    }

    public static void Launched(Step step, ImmutableArray<string> names)
    {
        step.State = step.State with { Extensions = [.. names.Select(n => new ExtensionState(n))] };
        CheckRegistered(step);
    }

    public static void LaunchFailed(Step step, SandboxInput.LaunchFailed failed)
    {
        step.State = step.State with { Extensions = [.. failed.Started.Select(n => new ExtensionState(n))] };
        step.Publish(new PlatformEvent.Extension(step.Now.Wall, failed.Name, "LaunchError", [], failed.ErrorType));
        Fail(step, "Extension.LaunchError", failed.Message);
    }

    public static void RuntimeLaunchFailed(Step step, string message)
    {
        step.State = step.State with { Runtime = RuntimeStatus.Absent };
        Fail(step, "Runtime.InvalidEntrypoint", message);
    }

    public static void Registered(Step step, SandboxInput.Registered registered)
    {
        if (step.State.Extension(registered.Name) is null)
            step.State = step.State with { Extensions = step.State.Extensions.Add(new(registered.Name) { IsInternal = true }) };
        step.Update(registered.Name, e => e with
        {
            Id = registered.Id,
            Events = registered.Events,
            Status = ExtensionStatus.Registered,
        });
        CheckRegistered(step);
    }

    /// <param name="step"><see cref="Phase.Init"/>.</param>
    /// <param name="status"><see cref="RuntimeStatus.Ready"/>, or <see cref="RuntimeStatus.AwaitingRestore"/> with SnapStart.</param>
    public static void RuntimeReady(Step step, RuntimeStatus status)
    {
        if (step.State.Runtime is not RuntimeStatus.Starting)
            return;

        step.State = step.State with { Runtime = status };
        PublishRuntimeDone(step, Outcome.Success);
        CheckDone(step);
    }

    public static void RuntimeFailed(Step step, SandboxInput.RuntimeInitFailed failed)
    {
        if (step.State.Phase is Phase.Init)
            Fail(step, failed.ErrorType, failed.Message);
    }

    public static void TimedOut(Step step)
    {
        if (step.State.Current is null)
            End(step, Outcome.Timeout, "Sandbox.Timedout", "Init timed out.");
        else
            End(step, Outcome.Timeout, "Sandbox.Timedout", InvokePhase.TimeoutMessage(step.Rules));
    }

    /// <summary>Fails Init, and the invocation that waits for it, if any.</summary>
    public static void Fail(Step step, string errorType, string message)
    {
        PublishRuntimeDone(step, Outcome.Error(errorType));
        End(step, Outcome.Error(errorType), errorType, message);
    }

    /// <summary>Ends Init once the runtime and every registered extension have asked for their first event.</summary>
    public static void CheckDone(Step step)
    {
        var state = step.State;
        var isRuntimeReady = state.Runtime is RuntimeStatus.Ready or RuntimeStatus.AwaitingRestore;
        if (state.Phase is not Phase.Init || !isRuntimeReady || state.Extensions.Any(e => !e.IsDone))
            return;

        PublishExtensions(step);
        var init = state.Init!;
        var duration = step.Now.Since(init.Started);
        PublishReport(step, Outcome.Success);
        step.AddEffect(new SandboxEffect.CloseSubscriptions());
        step.State = state with { InitDuration = init.Phase == "init" ? duration : null };
        step.Enter(Phase.Ready);
        if (state.Current is not null)
        {
            RestorePhase.Begin(step);
            return;
        }

        step.CancelPhaseTimer();
        IdlePhase.Next(step);
    }

    static void CheckRegistered(Step step)
    {
        var state = step.State;
        var isWaiting = state.Extensions.Any(e => e.Status is ExtensionStatus.Started);
        if (state.Phase is not Phase.Init || state.Runtime is not RuntimeStatus.Absent || isWaiting)
            return;

        step.State = state with { Runtime = RuntimeStatus.Starting, Init = state.Init! with { IsRuntimeStarted = true } };
        step.AddEffect(new SandboxEffect.StartRuntime());
    }

    static void End(Step step, Outcome outcome, string errorType, string message)
    {
        PublishExtensions(step);
        PublishReport(step, outcome);
        step.AddEffect(new SandboxEffect.CloseSubscriptions());
        if (step.State.Current is { } current)
            InvokePhase.FailBeforeStart(step, current, outcome, errorType, message);
        EndPhase.BeginReset(step, outcome == Outcome.Timeout ? "timeout" : "failure");
    }

    static void PublishRuntimeDone(Step step, Outcome outcome)
    {
        if (step.State.Init is not { IsRuntimeStarted: true, IsRuntimeDone: false } init)
            return;

        step.State = step.State with { Init = init with { IsRuntimeDone = true } };
        step.Publish(new PlatformEvent.InitRuntimeDone(step.Now.Wall, step.Rules.Function.Initialization, init.Phase, outcome));
    }

    static void PublishExtensions(Step step)
    {
        foreach (var extension in step.State.Extensions.Where(e => e.Id is not null))
            step.Publish(new PlatformEvent.Extension(step.Now.Wall, extension.Name, extension.Status.ToString(), extension.Events));
    }

    static void PublishReport(Step step, Outcome outcome)
    {
        var init = step.State.Init!;
        step.Publish(new PlatformEvent.InitReport(
            step.Now.Wall, step.Rules.Function.Initialization, init.Phase, outcome, step.Now.Since(init.Started)));
    }
}
