namespace LambdaLogs.Emulator.Phases;

/// <summary>
/// The sandbox's lifecycle as a pure function: a state and an input give the next state and the effects to perform. It uses no clock,
/// processes or sockets.
/// </summary>
internal static class Reducer
{
    public static Reduction Reduce(SandboxState state, SandboxInput input, Moment now)
    {
        var step = new Step(state, now);
        switch (input)
        {
            case SandboxInput.InitRequested:
                InitPhase.Request(step);
                break;
            case SandboxInput.InvokeRequested invoke:
                var invocation = new Invocation(invoke.RequestId, invoke.TraceId)
                {
                    Qualifier = invoke.Qualifier,
                    TenantId = invoke.TenantId,
                };
                step.State = state with { Queue = state.Queue.Enqueue(invocation) };
                IdlePhase.Next(step);
                break;
            case SandboxInput.ShutdownRequested:
                step.State = state with { IsShutdownRequested = true };
                IdlePhase.Next(step);
                break;
            case SandboxInput.TimerFired timer:
                OnTimer(step, timer.Key);
                break;
            case SandboxInput.TelemetryFlushed:
                EndPhase.TelemetryFlushed(step);
                break;
            case SandboxInput.RuntimeExited or SandboxInput.ExtensionExited:
                ProcessExits.Handle(step, input);
                break;
            default:
                OnCall(step, input);
                break;
        }

        return step.ToReduction();
    }

    static void OnCall(Step step, SandboxInput input)
    {
        switch (input)
        {
            case SandboxInput.Launched launched:
                InitPhase.Launched(step, launched.Names);
                break;
            case SandboxInput.LaunchFailed failed:
                InitPhase.LaunchFailed(step, failed);
                break;
            case SandboxInput.RuntimeLaunchFailed failed:
                InitPhase.RuntimeLaunchFailed(step, failed.Message);
                break;
            case SandboxInput.Registered registered:
                InitPhase.Registered(step, registered);
                break;
            case SandboxInput.RuntimeInitFailed failed:
                InitPhase.RuntimeFailed(step, failed);
                break;
            case SandboxInput.RestoreFailed failed when step.State.Phase is Phase.Restore:
                RestorePhase.Fail(step, failed.ErrorType, failed.Message);
                break;
            case SandboxInput.RuntimeResponded responded:
                InvokePhase.Responded(step, responded);
                break;
            default:
                NextCalls.Handle(step, input);
                break;
        }
    }

    static void OnTimer(Step step, string key)
    {
        switch (step.State.Phase)
        {
            case Phase.Init when key == Step.PhaseTimer:
                InitPhase.TimedOut(step);
                break;
            case Phase.Restore when key == Step.PhaseTimer:
                RestorePhase.TimedOut(step);
                break;
            case Phase.Invoke when key == Step.PhaseTimer:
                InvokePhase.TimedOut(step);
                break;
            case Phase.Reset or Phase.Shutdown when key == Step.PhaseTimer:
                EndPhase.TimedOut(step);
                break;
            case Phase.Ready:
                ManagedInvokes.TimedOut(step, key);
                break;
        }
    }
}
