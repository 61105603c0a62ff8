using System.ComponentModel;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Faults;

/// <summary>The faults of every invocation from now on, set by a scenario or the page.</summary>
internal sealed record FaultSettings
{
    /// <summary>The allowed values of <see cref="RuntimeDone"/>.</summary>
    public static readonly IReadOnlyList<string> RuntimeDoneValues = ["none", "lost", "twice", "early", "late"];

    /// <summary>The allowed values of <see cref="SubscriptionStatus"/>.</summary>
    public static readonly IReadOnlyList<int> Statuses = [202, 400, 403, 404, 500];

    [Description("The fault of platform.runtimeDone: none, lost, twice, early or late.")]
    public string RuntimeDone { get; set; } = "none";

    [Description("The delay of a late platform.runtimeDone, such as \"500ms\".")]
    public string Delay { get; set; } = "500ms";

    [Description("Lines that the function writes right after platform.runtimeDone.")]
    public IReadOnlyList<string> LateLines { get; set; } = [];

    [Description("The status with which subscriptions are rejected: 202, 400, 403, 404 or 500. Missing: they are accepted.")]
    public int? SubscriptionStatus { get; set; }

    [Description("Only subscriptions with this schema version are rejected, such as \"2025-01-29\". Missing: all.")]
    public string? SubscriptionSchema { get; set; }

    /// <summary>The first invalid or contradictory setting. Null if all are valid.</summary>
    public string? Validate()
    {
        if (!RuntimeDoneValues.Contains(RuntimeDone))
            return $"runtime_done {RuntimeDone}: expected one of {string.Join(", ", RuntimeDoneValues)}";
        if (!Scenarios.Durations.TryParse(Delay, out _))
            return $"delay {Delay}: expected a duration such as 100ms or 2s";

        return SubscriptionStatus is { } status && !Statuses.Contains(status)
            ? $"subscription_status {status}: expected one of {string.Join(", ", Statuses)}"
            : null;
    }

    /// <summary>Applies the settings. They must be valid.</summary>
    public void ApplyTo(TelemetryFaults faults)
    {
        Scenarios.Durations.TryParse(Delay, out var delay);
        var done = RuntimeDone switch
        {
            "lost" => RuntimeDoneFault.Lost,
            "twice" => RuntimeDoneFault.Twice,
            "early" => RuntimeDoneFault.Early,
            "late" => RuntimeDoneFault.Late(delay),
            _ => RuntimeDoneFault.None,
        };
        var lines = LateLines;
        faults.RuntimeDone = _ => done;
        faults.LateLines = _ => lines;
        faults.SubscriptionStatus = schema => Refuses(schema) ? SubscriptionStatus : null;
    }

    bool Refuses(SchemaVersion schema) =>
        SubscriptionSchema is null || schema.ToString() == $"V{SubscriptionSchema.Replace("-", "", StringComparison.Ordinal)}";
}
