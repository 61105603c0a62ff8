using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>An event of the <c>platform</c> stream. A closed union; each event writes its own record.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html"/></remarks>
/// <param name="Time">When the platform generated the event.</param>
internal abstract partial record PlatformEvent(DateTimeOffset Time) : TelemetryEvent(Time)
{
    public override EventStream Stream => EventStream.Platform;

    /// <summary>Writes the members of <c>record</c> without the braces.</summary>
    /// <param name="json">A writer inside the record object.</param>
    /// <param name="schema">The subscriber's schema version; older versions have fewer members.</param>
    public abstract void WriteRecord(Utf8JsonWriter json, SchemaVersion schema);

    /// <summary>The record of an event whose record is a string. Null for other events.</summary>
    public virtual string? RecordText => null;

    static void WriteStatus(Utf8JsonWriter json, Outcome outcome)
    {
        json.WriteString("status"u8, outcome.Status);
        if (outcome.ErrorType is not null)
            json.WriteString("errorType"u8, outcome.ErrorType);
    }

    static void WriteSpan(Utf8JsonWriter json, string name, Span span)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, name);
        json.WriteString("start"u8, ContractTime.Format(span.Start));
        json.WriteNumber("durationMs"u8, ContractTime.Milliseconds(span.Duration));
        json.WriteEndObject();
    }

    static void WriteTenant(Utf8JsonWriter json, string? tenantId)
    {
        if (tenantId is not null)
            json.WriteString("tenantId"u8, tenantId);
    }

    static void WriteTracing(Utf8JsonWriter json, string? traceId)
    {
        if (traceId is null)
            return;

        json.WriteStartObject("tracing"u8);
        json.WriteString("type"u8, "X-Amzn-Trace-Id"u8);
        json.WriteString("value"u8, traceId);
        json.WriteEndObject();
    }
}
