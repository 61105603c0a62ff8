using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Handles the end of processes, expected or not.</summary>
internal static class ProcessExits
{
    public static void Handle(Step step, SandboxInput input)
    {
        switch (input)
        {
            case SandboxInput.RuntimeExited exited:
                RuntimeExited(step, exited.Status);
                break;
            case SandboxInput.ExtensionExited exited:
                ExtensionExited(step, exited);
                break;
        }
    }

    /// <summary>Handles a failure between two invocations.</summary>
    public static void FailIdle(Step step, string errorType)
    {
        ManagedInvokes.FailAll(step, errorType, errorType);
        EndPhase.BeginReset(step, "failure");
    }

    static void RuntimeExited(Step step, ExitStatus status)
    {
        step.State = step.State with { Runtime = RuntimeStatus.Absent, RuntimeCalls = 0 };
        var type = status.OutOfMemory ? "Runtime.OutOfMemory" : "Runtime.ExitError";
        var message = status is { Code: 0, Signal: 0 }
            ? "Runtime exited without providing a reason"
            : $"Runtime exited with error: {status}";
        HandleFailure(step, type, message);
    }

    static void ExtensionExited(Step step, SandboxInput.ExtensionExited exited)
    {
        if (step.State.Extension(exited.Name) is not { } extension)
            return;

        // An extension that reported an error is expected to exit; any other exit is a crash, even with code 0.
        var hasReported = extension.Status is ExtensionStatus.InitError or ExtensionStatus.ExitError;
        step.Update(exited.Name, e => e with { Status = ExtensionStatus.Exited });
        if (step.State.Phase is Phase.Init or Phase.Restore or Phase.Invoke or Phase.Ready && !hasReported)
        {
            step.Publish(new PlatformEvent.Extension(
                step.Now.Wall, exited.Name, nameof(ExtensionStatus.Exited), extension.Events, "Extension.Crash"));
        }

        HandleFailure(step, "Extension.Crash", exited.Status.ToString());
    }

    static void HandleFailure(Step step, string errorType, string message)
    {
        switch (step.State.Phase)
        {
            case Phase.Init:
                InitPhase.Fail(step, errorType, message);
                break;
            case Phase.Restore:
                RestorePhase.Fail(step, errorType, message);
                break;
            case Phase.Invoke:
                InvokePhase.Fail(step, errorType, message);
                break;
            case Phase.Ready:
                FailIdle(step, errorType);
                break;
            case Phase.Reset or Phase.Shutdown:
                EndPhase.CheckDone(step);
                break;
        }
    }
}
