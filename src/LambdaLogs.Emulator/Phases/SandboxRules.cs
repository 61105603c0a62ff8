using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>The limits of the phases. Never change while a sandbox lives.</summary>
internal sealed record SandboxRules
{
    public FunctionIdentity Function { get; init; } = new();

    /// <summary>What an invocation may take, extensions included. Default 3 s.</summary>
    public TimeSpan FunctionTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What Init may take before the first invocation. Default 10 s.</summary>
    public TimeSpan InitLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From the start of a shutdown to SIGKILL, with external extensions. Default 2 s.</summary>
    public TimeSpan ShutdownBudget { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The same with internal extensions only. Default 500 ms. Without any extension it is zero.</summary>
    public TimeSpan InternalShutdownBudget { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The runtime's share of a shutdown, before the extensions hear of it. Default 300 ms.</summary>
    public TimeSpan RuntimeShutdownShare { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>What the delivery of buffered telemetry may take before the extensions hear of the end. Default 1 s.</summary>
    public TimeSpan FlushLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What restoring the snapshot is said to take, with SnapStart. Default 250 ms.</summary>
    public TimeSpan RestoreDuration { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>True where many invocations run at once and nothing is frozen.</summary>
    public bool IsManaged => Function.Initialization is InitializationType.ManagedInstances;
}
