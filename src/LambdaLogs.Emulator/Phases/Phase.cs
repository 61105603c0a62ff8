namespace LambdaLogs.Emulator.Phases;

/// <summary>Where the sandbox is in its life.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"/></remarks>
public enum Phase
{
    /// <summary>Nothing was started yet.</summary>
    Cold,

    /// <summary>Extensions, then the runtime, come up.</summary>
    Init,

    /// <summary>Everyone waits in <c>/next</c>. Frozen, except on Managed Instances, which also serve from here.</summary>
    Ready,

    /// <summary>An invocation runs.</summary>
    Invoke,

    /// <summary>After a timeout or a failure: processes end, the sandbox stays.</summary>
    Reset,

    /// <summary>No process runs. The next invocation brings them up again ("suppressed init").</summary>
    Down,

    /// <summary>The sandbox ends.</summary>
    Shutdown,

    /// <summary>The sandbox has ended.</summary>
    Ended,
}
