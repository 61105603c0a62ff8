namespace LambdaLogs.Emulator.Phases;

/// <summary>Handles calls for the next event and error reports, of extensions and of the runtime.</summary>
internal static class NextCalls
{
    public static void Handle(Step step, SandboxInput input)
    {
        switch (input)
        {
            case SandboxInput.NextAsked asked:
                ExtensionNext(step, asked.Name);
                break;
            case SandboxInput.NextLeft left:
                step.Update(left.Name, e => e.Status is ExtensionStatus.Ready ? e with { Status = ExtensionStatus.Running } : e);
                break;
            case SandboxInput.ErrorReported error:
                ExtensionFailed(step, error);
                break;
            case SandboxInput.RestoreNextAsked:
                InitPhase.RuntimeReady(step, RuntimeStatus.AwaitingRestore);
                break;
            case SandboxInput.RuntimeNextAsked:
                RuntimeNext(step);
                break;
            case SandboxInput.RuntimeNextLeft:
                step.State = step.State with { RuntimeCalls = Math.Max(0, step.State.RuntimeCalls - 1) };
                break;
        }
    }

    static void ExtensionNext(Step step, string name)
    {
        if (step.State.Extension(name) is not { } extension)
            return;

        step.Update(name, e => e with { Status = ExtensionStatus.Ready });
        if (extension.Pending is { } pending)
            step.SendEvent(step.State.Extension(name)!, pending);
        else if (step.State.Phase is Phase.Init)
            InitPhase.CheckDone(step);
        else if (step.State.Phase is Phase.Invoke)
            InvokePhase.CheckDone(step);
    }

    static void ExtensionFailed(Step step, SandboxInput.ErrorReported error)
    {
        var status = error.IsInit ? ExtensionStatus.InitError : ExtensionStatus.ExitError;
        step.Update(error.Name, e => e with { Status = status });
        var type = error.IsInit ? "Extension.InitError" : "Extension.ExitError";
        if (step.State.Phase is Phase.Init)
            InitPhase.Fail(step, type, error.ErrorType);
        else if (step.State.Phase is Phase.Restore)
            RestorePhase.Fail(step, type, error.ErrorType);
        else if (step.State.Phase is Phase.Invoke)
            InvokePhase.Fail(step, type, error.ErrorType);
        else if (step.State.Phase is Phase.Ready)
            ProcessExits.FailIdle(step, type);
    }

    static void RuntimeNext(Step step)
    {
        step.State = step.State with { RuntimeCalls = step.State.RuntimeCalls + 1 };
        switch (step.State.Phase)
        {
            case Phase.Init:
                InitPhase.RuntimeReady(step, RuntimeStatus.Ready);
                break;
            case Phase.Restore:
                RestorePhase.RuntimeNext(step);
                break;
            case Phase.Invoke:
                InvokePhase.RuntimeNext(step);
                break;
            case Phase.Ready when step.Rules.IsManaged:
                ManagedInvokes.Dispatch(step);
                break;
        }
    }
}
