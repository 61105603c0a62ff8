using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

internal abstract partial record PlatformEvent
{
    /// <summary><c>platform.extension</c>: the status of an extension at the end of Init, or its failure.</summary>
    public sealed record Extension(DateTimeOffset Time, string Name, string State, IReadOnlyList<string> Events, string? ErrorType = null)
        : PlatformEvent(Time)
    {
        public override string Type => "platform.extension";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("name"u8, Name);
            json.WriteString("state"u8, State);
            WriteStrings(json, "events"u8, Events);
            if (ErrorType is not null)
                json.WriteString("errorType"u8, ErrorType);
        }
    }

    /// <summary><c>platform.telemetrySubscription</c>, or <c>platform.logsSubscription</c>.</summary>
    /// <param name="State"><c>Subscribed</c> or <c>Already subscribed</c>.</param>
    public sealed record Subscription(DateTimeOffset Time, string Name, string State, IReadOnlyList<string> Types)
        : PlatformEvent(Time)
    {
        /// <summary>True for a subscription of the Logs API.</summary>
        public bool IsLogs { get; init; }

        public override string Type => IsLogs ? "platform.logsSubscription" : "platform.telemetrySubscription";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("name"u8, Name);
            json.WriteString("state"u8, State);
            WriteStrings(json, "types"u8, Types);
        }
    }

    /// <summary><c>platform.logsDropped</c>: events that a subscriber will not receive.</summary>
    public sealed record LogsDropped(DateTimeOffset Time, long Records, long Bytes, string Reason) : PlatformEvent(Time)
    {
        public override string Type => "platform.logsDropped";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteNumber("droppedBytes"u8, Bytes);
            json.WriteNumber("droppedRecords"u8, Records);
            json.WriteString("reason"u8, Reason);
        }
    }

    /// <summary><c>platform.restoreStart</c>: the restore of a snapshot starts.</summary>
    public sealed record RestoreStart(DateTimeOffset Time, FunctionIdentity Function) : PlatformEvent(Time)
    {
        public override string Type => "platform.restoreStart";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            WriteRuntimeVersion(json, Function);
            WriteInstance(json, Function);
        }
    }

    /// <summary><c>platform.restoreRuntimeDone</c>.</summary>
    public sealed record RestoreRuntimeDone(DateTimeOffset Time, Outcome Outcome) : PlatformEvent(Time)
    {
        public override string Type => "platform.restoreRuntimeDone";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema) => WriteStatus(json, Outcome);
    }

    /// <summary><c>platform.restoreReport</c>.</summary>
    public sealed record RestoreReport(DateTimeOffset Time, Outcome Outcome, TimeSpan Duration) : PlatformEvent(Time)
    {
        public override string Type => "platform.restoreReport";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            WriteStatus(json, Outcome);
            json.WriteStartObject("metrics"u8);
            json.WriteNumber("durationMs"u8, ContractTime.Milliseconds(Duration));
            json.WriteEndObject();
        }
    }

    static void WriteStrings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
