using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

internal abstract partial record PlatformEvent
{
    /// <summary><c>platform.start</c>: an invocation starts.</summary>
    /// <param name="Arn">The function's ARN. Set on Managed Instances only.</param>
    public sealed record Start(DateTimeOffset Time, string RequestId, string Version, string? TraceId, string? Arn = null)
        : PlatformEvent(Time)
    {
        public override string Type => "platform.start";

        /// <summary>The tenant ID. Set with tenant isolation only.</summary>
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

    /// <summary><c>platform.runtimeDone</c>: the runtime asked for the next event, ended, or timed out.</summary>
    public sealed record RuntimeDone(DateTimeOffset Time, string RequestId, Outcome Outcome) : PlatformEvent(Time)
    {
        /// <summary>The time from the runtime receiving the invocation to its next call.</summary>
        public required TimeSpan Duration { get; init; }

        /// <summary>The size of the response in bytes. Zero without a response.</summary>
        public long ProducedBytes { get; init; }

        /// <summary>Null without a response.</summary>
        public ResponseTimes? Response { get; init; }

        public string? TraceId { get; init; }

        /// <summary>The tenant ID. Set with tenant isolation only.</summary>
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

    /// <summary><c>platform.report</c>: the invocation is over, including extensions.</summary>
    public sealed record Report(DateTimeOffset Time, string RequestId, Outcome Outcome) : PlatformEvent(Time)
    {
        public required ReportMetrics Metrics { get; init; }

        /// <summary>The time from the runtime's next call to the last extension's next call. Null without extensions.</summary>
        public Span? ExtensionOverhead { get; init; }

        public string? TraceId { get; init; }

        /// <summary>The tenant ID. Set with tenant isolation only.</summary>
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

    /// <summary><c>platform.report</c> on a Managed Instance, published at the response with few metrics.</summary>
    /// <param name="Latency">Null without a response.</param>
    /// <param name="Transfer">Null without a response.</param>
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
