using System.Collections.Immutable;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Decides what happens when nothing is in progress: the next invocation, a shutdown, or a freeze.</summary>
internal static class IdlePhase
{
    public static void Next(Step step)
    {
        var state = step.State;
        if (state.Phase is Phase.Ended)
            RefuseAll(step);
        else if (state.Phase is Phase.Cold && !state.Queue.IsEmpty)
            InitPhase.Begin(step, "init");
        else if (state.Phase is Phase.Ready or Phase.Down && !state.Queue.IsEmpty)
            Serve(step);
        else if (state.Phase is Phase.Ready or Phase.Down or Phase.Cold && state is { IsShutdownRequested: true, Active.IsEmpty: true })
            EndPhase.BeginShutdown(step);
        else if (state is { Phase: Phase.Ready, IsFrozen: false, Rules.IsManaged: false })
            Freeze(step);
    }

    static void Serve(Step step)
    {
        if (step.Rules.IsManaged && step.State.Phase is Phase.Ready)
            ManagedInvokes.Dispatch(step);
        else if (step.Rules.IsManaged)
            InitPhase.Begin(step, "init");
        else
            InvokePhase.StartNext(step);
    }

    static void Freeze(Step step)
    {
        step.State = step.State with { IsFrozen = true };
        step.AddEffect(new SandboxEffect.Freeze());
    }

    static void RefuseAll(Step step)
    {
        foreach (var waiting in step.State.Queue)
        {
            step.AddEffect(new SandboxEffect.FailCaller(waiting.RequestId, "Sandbox.Failure", "The execution environment has ended."));
            step.AddEffect(new SandboxEffect.Finish(waiting, Outcome.Error("Sandbox.Failure"), null));
        }

        step.State = step.State with { Queue = ImmutableQueue<Invocation>.Empty };
    }
}
