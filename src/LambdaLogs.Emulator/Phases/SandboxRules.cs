using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>The time limits of the phases. Constant for a sandbox.</summary>
internal sealed record SandboxRules
{
    public FunctionIdentity Function { get; init; } = new();

    /// <summary>The timeout of an invocation, including extensions. Default 3 s.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The timeout of Init before the first invocation. Default 10 s.</summary>
    public TimeSpan InitLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time from the start of a shutdown to SIGKILL with external extensions. Default 2 s.</summary>
    public TimeSpan ShutdownBudget { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The same with internal extensions only. Default 500 ms. Without extensions it is zero.</summary>
    public TimeSpan InternalShutdownBudget { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The runtime's part of the shutdown time, before the extensions get the SHUTDOWN event. Default 300 ms.</summary>
    public TimeSpan RuntimeShutdownShare { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The longest wait for the delivery of buffered telemetry before the extensions get the SHUTDOWN event. Default 1 s.
    /// </summary>
    public TimeSpan FlushLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The duration that is reported for a snapshot restore with SnapStart, without the runtime's hooks. Default 250 ms.</summary>
    public TimeSpan RestoreDuration { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The timeout of the runtime's hooks after a restore with SnapStart. Default 10 s.</summary>
    public TimeSpan RestoreLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>True if invocations run concurrently and nothing is frozen.</summary>
    public bool IsManaged => Function.Initialization is InitializationType.ManagedInstances;
}
