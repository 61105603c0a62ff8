using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Faults;

/// <summary>
/// Deliberate faults. The functions receive the number of the invocation (1 for the sandbox's first), are called under a lock and must not
/// block. They can be replaced at any time.
/// </summary>
public sealed class TelemetryFaults
{
    /// <summary>The fault of <c>platform.runtimeDone</c>.</summary>
    public Func<int, RuntimeDoneFault> RuntimeDone { get; set; } = _ => RuntimeDoneFault.None;

    /// <summary>Lines that the function writes right after <c>platform.runtimeDone</c>.</summary>
    public Func<int, IReadOnlyList<string>> LateLines { get; set; } = _ => [];

    /// <summary>The status of the response to a subscription with that schema version, including 202. Null: the normal response.</summary>
    public Func<SchemaVersion, int?> SubscriptionStatus { get; set; } = _ => null;
}
