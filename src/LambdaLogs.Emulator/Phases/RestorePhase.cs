using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>
/// Restore, with SnapStart only: the first invocation restores the snapshot. A runtime that waits in <c>/restore/next</c> gets its response
/// then, and its hooks run before it asks for the invocation.
/// </summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks.html"/></remarks>
internal static class RestorePhase
{
    public static string TimeoutMessage(SandboxRules rules) =>
        FormattableString.Invariant($"Restore timed out after {rules.RestoreLimit.TotalSeconds:0.00} seconds");

    /// <summary>Restores the snapshot if that is due; then the current invocation starts.</summary>
    public static void Begin(Step step)
    {
        var state = step.State;
        var isSnapStart = state.Rules.Function.Initialization is InitializationType.SnapStart;
        var isAwaited = state.Runtime is RuntimeStatus.AwaitingRestore;
        if (!isAwaited && (state.IsRestored || !isSnapStart))
        {
            InvokePhase.Start(step);
            return;
        }

        step.State = state with { IsRestored = true, InitDuration = null, RestoreStarted = step.Now };
        step.Publish(new PlatformEvent.RestoreStart(step.Now.Wall - state.Rules.RestoreDuration, state.Rules.Function));
        if (!isAwaited)
        {
            Report(step, Outcome.Success);
            InvokePhase.Start(step);
            return;
        }

        step.State = step.State with { Runtime = RuntimeStatus.Restoring };
        step.Enter(Phase.Restore);
        step.StartPhaseTimer(step.Rules.RestoreLimit);
        step.AddEffect(new SandboxEffect.RestoreRuntime());
    }

    /// <summary>The runtime's hooks are done. The time limit of the invocation starts here.</summary>
    public static void RuntimeNext(Step step)
    {
        Report(step, Outcome.Success);
        step.State = step.State with
        {
            Runtime = RuntimeStatus.Ready,
            Current = step.State.Current! with { Started = step.Now, Deadline = step.Now.Wall + step.Rules.FunctionTimeout },
        };
        step.StartPhaseTimer(step.Rules.FunctionTimeout);
        InvokePhase.Start(step);
    }

    public static void TimedOut(Step step) => End(step, Outcome.Timeout, "Sandbox.Timedout", TimeoutMessage(step.Rules));

    /// <summary>Handles a failed hook, or a failure of the runtime or an extension; the sandbox is reset.</summary>
    public static void Fail(Step step, string errorType, string message) => End(step, Outcome.Error(errorType), errorType, message);

    static void End(Step step, Outcome outcome, string errorType, string message)
    {
        Report(step, outcome);
        InvokePhase.FailBeforeStart(step, step.State.Current!, outcome, errorType, message);
        EndPhase.BeginReset(step, outcome == Outcome.Timeout ? "timeout" : "failure");
    }

    static void Report(Step step, Outcome outcome)
    {
        var took = step.Rules.RestoreDuration + step.Now.Since(step.State.RestoreStarted);
        step.State = step.State with { RestoreDuration = took };
        step.Publish(new PlatformEvent.RestoreRuntimeDone(step.Now.Wall, outcome));
        step.Publish(new PlatformEvent.RestoreReport(step.Now.Wall, outcome, took));
    }
}
