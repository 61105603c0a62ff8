using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

internal abstract partial record PlatformEvent
{
    /// <summary><c>platform.start</c>: an invocation begins.</summary>
    /// <param name="Arn">Set on Managed Instances only.</param>
    public sealed record Start(DateTimeOffset Time, string RequestId, string Version, string? TraceId, string? Arn = null)
        : PlatformEvent(Time)
    {
        public override string Type => "platform.start";

        /// <summary>With tenant isolation only.</summary>
        public string? TenantId { get; init; }

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("requestId"u8, RequestId);
            if (Arn is not null)
                json.WriteString("functionArn"u8, Arn);
            WriteTenant(json, TenantId);
            json.WriteString("version"u8, Version);
            WriteTracing(json, TraceId);
        }
    }

    /// <summary><c>platform.runtimeDone</c>: the runtime asked for the next event, died, or ran out of time.</summary>
    public sealed record RuntimeDone(DateTimeOffset Time, string RequestId, Outcome Outcome) : PlatformEvent(Time)
    {
        /// <summary>From the invocation handed over to the runtime's next call.</summary>
        public required TimeSpan Duration { get; init; }

        /// <summary>Size of the response in bytes. Zero where there was none.</summary>
        public long ProducedBytes { get; init; }

        /// <summary>Null where no response came.</summary>
        public ResponseTimes? Response { get; init; }

        public string? TraceId { get; init; }

        /// <summary>With tenant isolation only.</summary>
        public string? TenantId { get; init; }

        public override string Type => "platform.runtimeDone";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("requestId"u8, RequestId);
            WriteTenant(json, TenantId);
            WriteStatus(json, Outcome);
            WriteTracing(json, TraceId);
            if (Response is { } times)
            {
                json.WriteStartArray("spans"u8);
                WriteSpan(json, "responseLatency", times.Latency);
                WriteSpan(json, "responseDuration", times.Transfer);
                WriteSpan(json, "runtimeOverhead", times.Overhead);
                json.WriteEndArray();
            }

            json.WriteStartObject("metrics"u8);
            json.WriteNumber("durationMs"u8, ContractTime.Milliseconds(Duration));
            json.WriteNumber("producedBytes"u8, ProducedBytes);
            json.WriteEndObject();
        }
    }

    /// <summary><c>platform.report</c>: everyone is done with the invocation.</summary>
    public sealed record Report(DateTimeOffset Time, string RequestId, Outcome Outcome) : PlatformEvent(Time)
    {
        public required ReportMetrics Metrics { get; init; }

        /// <summary>From the runtime's next call to the last extension's. Null without extensions.</summary>
        public Span? ExtensionOverhead { get; init; }

        public string? TraceId { get; init; }

        /// <summary>With tenant isolation only.</summary>
        public string? TenantId { get; init; }

        public override string Type => "platform.report";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("requestId"u8, RequestId);
            WriteTenant(json, TenantId);
            Metrics.Write(json);
            WriteTracing(json, TraceId);
            WriteStatus(json, Outcome);
            if (ExtensionOverhead is not { } span)
                return;

            json.WriteStartArray("spans"u8);
            WriteSpan(json, "extensionOverhead", span);
            json.WriteEndArray();
        }
    }

    /// <summary><c>platform.report</c> of a Managed Instance: little more than a duration, at the response.</summary>
    /// <param name="Latency">Null where no response came.</param>
    /// <param name="Transfer">Null where no response came.</param>
    public sealed record ManagedReport(
        DateTimeOffset Time, string RequestId, Outcome Outcome, TimeSpan Duration, Span? Latency, Span? Transfer) : PlatformEvent(Time)
    {
        public override string Type => "platform.report";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("requestId"u8, RequestId);
            WriteStatus(json, Outcome);
            json.WriteStartObject("metrics"u8);
            json.WriteNumber("durationMs"u8, ContractTime.Milliseconds(Duration));
            json.WriteEndObject();
            if (Latency is not { } latency || Transfer is not { } transfer)
                return;

            json.WriteStartArray("spans"u8);
            WriteSpan(json, "responseLatency", latency);
            WriteSpan(json, "responseDuration", transfer);
            json.WriteEndArray();
        }
    }
}
