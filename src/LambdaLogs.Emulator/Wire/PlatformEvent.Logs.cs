using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>Events in the format of the older Logs API: fewer events with fewer members.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-logs-api.html"/></remarks>
internal abstract partial record PlatformEvent
{
    /// <summary><c>platform.start</c> without tracing.</summary>
    public sealed record LogsStart(DateTimeOffset Time, string RequestId, string Version) : PlatformEvent(Time)
    {
        public override string Type => "platform.start";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("requestId"u8, RequestId);
            json.WriteString("version"u8, Version);
        }
    }

    /// <summary><c>platform.runtimeDone</c>: <c>success</c>, <c>failure</c> or <c>timeout</c>. From 2021-03-18 on.</summary>
    public sealed record LogsRuntimeDone(DateTimeOffset Time, string RequestId, Outcome Outcome) : PlatformEvent(Time)
    {
        public override string Type => "platform.runtimeDone";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("requestId"u8, RequestId);
            json.WriteString("status"u8, Outcome.Status == "error" ? "failure" : Outcome.Status);
        }
    }

    /// <summary><c>platform.end</c>: before the report.</summary>
    public sealed record End(DateTimeOffset Time, string RequestId) : PlatformEvent(Time)
    {
        public override string Type => "platform.end";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema) => json.WriteString("requestId"u8, RequestId);
    }

    /// <summary><c>platform.report</c> with only metrics.</summary>
    public sealed record LogsReport(DateTimeOffset Time, string RequestId, ReportMetrics Metrics) : PlatformEvent(Time)
    {
        public override string Type => "platform.report";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("requestId"u8, RequestId);
            Metrics.Write(json);
        }
    }

    /// <summary><c>platform.fault</c>: the record is a string.</summary>
    public sealed record Fault(DateTimeOffset Time, string Text) : PlatformEvent(Time)
    {
        public override string Type => "platform.fault";

        public override string RecordText => Text;

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
        }
    }
}
