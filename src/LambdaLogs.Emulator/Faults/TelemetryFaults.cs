using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Faults;

/// <summary>
/// What goes wrong on purpose. The functions get the number of the invocation, 1 for the sandbox's first, are called under a lock and
/// must not block. They may be replaced at any time.
/// </summary>
public sealed class TelemetryFaults
{
    /// <summary>What becomes of <c>platform.runtimeDone</c>.</summary>
    public Func<int, RuntimeDoneFault> RuntimeDone { get; set; } = _ => RuntimeDoneFault.None;

    /// <summary>Lines of the function that come right after <c>platform.runtimeDone</c>.</summary>
    public Func<int, IReadOnlyList<string>> LateLines { get; set; } = _ => [];

    /// <summary>The status that a subscription with that schema version gets, 202 included. Null: as it should be.</summary>
    public Func<SchemaVersion, int?> SubscriptionStatus { get; set; } = _ => null;
}
