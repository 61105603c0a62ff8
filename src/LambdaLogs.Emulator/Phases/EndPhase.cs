using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Reset and Shutdown: processes are asked to end, then killed when the time budget is used up.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown"/>
/// </remarks>
internal static class EndPhase
{
    /// <summary>Starts a reset: the runtime is killed, extensions can finish, and the environment is initialized again.</summary>
    /// <param name="step">Any phase with processes.</param>
    /// <param name="reason"><c>timeout</c> or <c>failure</c>.</param>
    public static void BeginReset(Step step, string reason)
    {
        step.Thaw();
        step.Enter(Phase.Reset);
        var hasRuntime = step.State.Runtime is not RuntimeStatus.Absent;
        step.State = step.State with { KillAt = After(step, Budget(step)), IsRuntimeEnding = hasRuntime, EndReason = reason };
        step.StartPhaseTimer(step.Rules.RuntimeShutdownShare);
        if (hasRuntime)
            step.AddEffect(new SandboxEffect.KillRuntime());
        else
            EndExtensions(step);
    }

    /// <summary>Starts a shutdown: the runtime ends first, then the extensions get the SHUTDOWN event.</summary>
    public static void BeginShutdown(Step step)
    {
        step.Thaw();
        var hasRuntime = step.State.Runtime is not RuntimeStatus.Absent;
        step.Enter(Phase.Shutdown);
        step.State = step.State with { KillAt = After(step, Budget(step)), IsRuntimeEnding = hasRuntime, EndReason = "spindown" };
        if (!hasRuntime)
        {
            EndExtensions(step);
        }
        else if (step.State.Extensions.IsEmpty)
        {
            // SIGTERM is sent only if an extension is registered.
            step.AddEffect(new SandboxEffect.KillRuntime());
        }
        else
        {
            step.AddEffect(new SandboxEffect.TerminateRuntime());
            step.StartPhaseTimer(step.Rules.RuntimeShutdownShare);
        }
    }

    public static void TimedOut(Step step)
    {
        if (step.State.Runtime is not RuntimeStatus.Absent)
            step.AddEffect(new SandboxEffect.KillRuntime());
        if (step.State.IsRuntimeEnding)
            return;

        if (step.State.IsFlushing)
        {
            TelemetryFlushed(step);
            return;
        }

        foreach (var extension in step.State.Extensions.Where(e => e.IsAlive))
            step.AddEffect(new SandboxEffect.KillExtension(extension.Name));
    }

    public static void CheckDone(Step step)
    {
        if (step.State is { IsRuntimeEnding: true, Runtime: RuntimeStatus.Absent })
        {
            step.State = step.State with { IsRuntimeEnding = false };
            EndExtensions(step);
        }
        else if (!step.State.HasProcesses)
        {
            Finish(step);
        }
    }

    /// <summary>
    /// Called when the buffered telemetry was delivered or the time for it is over: the extensions get the SHUTDOWN event.
    /// </summary>
    public static void TelemetryFlushed(Step step)
    {
        if (!step.State.IsFlushing)
            return;

        step.State = step.State with { IsFlushing = false };
        NotifyExtensions(step);
        CheckDone(step);
    }

    /// <summary>The runtime's output is complete, so all buffered telemetry is sent first.</summary>
    static void EndExtensions(Step step)
    {
        if (!step.State.HasProcesses)
        {
            Finish(step);
            return;
        }

        step.State = step.State with { IsFlushing = true };
        var left = step.State.KillAt.Since(step.Now);
        step.StartPhaseTimer(left < step.Rules.FlushLimit ? left : step.Rules.FlushLimit);
        step.AddEffect(new SandboxEffect.FlushTelemetry());
    }

    static void NotifyExtensions(Step step)
    {
        var item = new ExtensionEvent.Shutdown(step.State.KillAt.Wall, step.State.EndReason);
        foreach (var extension in step.State.Extensions.Where(e => e.IsAlive))
        {
            if (extension.WantsShutdown && extension.Status is not (ExtensionStatus.InitError or ExtensionStatus.ExitError))
                step.SendEvent(extension, item);
            else
                step.AddEffect(new SandboxEffect.KillExtension(extension.Name));
        }

        if (step.State.Extensions.Any(e => e.IsAlive))
            step.StartPhaseTimer(step.State.KillAt.Since(step.Now));
    }

    static void Finish(Step step)
    {
        step.CancelPhaseTimer();
        step.State = step.State with { IsFlushing = false };
        step.Enter(step.State.Phase is Phase.Shutdown ? Phase.Ended : Phase.Down);
        step.AddEffect(new SandboxEffect.GenerationEnded());
        IdlePhase.Next(step);
    }

    static TimeSpan Budget(Step step)
    {
        if (step.State.Extensions.Any(e => !e.IsInternal))
            return step.Rules.ShutdownBudget;

        return step.State.Extensions.IsEmpty ? TimeSpan.Zero : step.Rules.InternalShutdownBudget;
    }

    static Moment After(Step step, TimeSpan delay) => new(step.Now.Wall + delay, step.Now.Mono + delay);
}
