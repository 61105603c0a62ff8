namespace LambdaLogs.Emulator.Phases;

/// <summary>The phase of the sandbox's lifecycle.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"/></remarks>
public enum Phase
{
    /// <summary>Nothing has been started.</summary>
    Cold,

    /// <summary>Extensions and then the runtime start.</summary>
    Init,

    /// <summary>All processes wait in <c>/next</c>. Frozen, except on Managed Instances, which run invocations in this phase.</summary>
    Ready,

    /// <summary>The runtime runs its hooks after the restore of a snapshot (SnapStart only).</summary>
    Restore,

    /// <summary>An invocation runs.</summary>
    Invoke,

    /// <summary>After a timeout or a failure: processes end, the sandbox remains.</summary>
    Reset,

    /// <summary>No process runs. The next invocation starts them again ("suppressed init").</summary>
    Down,

    /// <summary>The sandbox is ending.</summary>
    Shutdown,

    /// <summary>The sandbox has ended.</summary>
    Ended,
}
