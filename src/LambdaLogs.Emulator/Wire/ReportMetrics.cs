using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>The metrics of <c>platform.report</c>.</summary>
internal sealed record ReportMetrics
{
    /// <summary>The time until the last extension was done, or the function's timeout if that is shorter.</summary>
    public required TimeSpan Duration { get; init; }

    public required int MemorySizeMb { get; init; }

    /// <summary>The peak resident memory of all processes of the sandbox. At most the memory size.</summary>
    public int MaxMemoryUsedMb { get; init; }

    /// <summary>Set for the first invocation after an Init outside an invocation.</summary>
    public TimeSpan? InitDuration { get; init; }

    /// <summary>Set for the first invocation after a snapshot restore.</summary>
    public TimeSpan? RestoreDuration { get; init; }

    /// <summary>The billed duration in whole milliseconds, rounded up. It includes Init and restore.</summary>
    public long BilledMs =>
        (long)Math.Ceiling((Duration + (InitDuration ?? TimeSpan.Zero) + (RestoreDuration ?? TimeSpan.Zero)).TotalMilliseconds);

    /// <summary>Writes the member <c>metrics</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("metrics"u8);
        json.WriteNumber("durationMs"u8, ContractTime.Milliseconds(Duration));
        json.WriteNumber("billedDurationMs"u8, BilledMs);
        json.WriteNumber("memorySizeMB"u8, MemorySizeMb);
        json.WriteNumber("maxMemoryUsedMB"u8, MaxMemoryUsedMb);
        if (InitDuration is { } init)
            json.WriteNumber("initDurationMs"u8, ContractTime.Milliseconds(init));
        if (RestoreDuration is { } restore)
            json.WriteNumber("restoreDurationMs"u8, ContractTime.Milliseconds(restore));
        json.WriteEndObject();
    }
}
