using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>New Relic's Log API: common attributes precede all records. Times in milliseconds.</summary>
/// Source: <see href="https://docs.newrelic.com/docs/logs/log-api/introduction-log-api/#json-content"/>
/// <param name="options">Contains the service name and the constant fields.</param>
/// <param name="identity">Identifies the function.</param>
internal sealed class NewRelicFormat(FormatOptions options, FunctionIdentity identity)
    : JsonFormat(FormatTraits.Of(FormatKind.NewRelic), HeadOf(options, identity), (byte)',', constantBytes: 0)
{
    /// <summary>Upper bound of the constant text of a record, including ids.</summary>
    const int FieldNamesMax = 352;

    /// <summary>
    /// New Relic accepts 255 attributes. Those of the line are next to the extension's own, and of two with the same name it keeps one.
    /// </summary>
    /// Source: <see href="https://docs.newrelic.com/docs/logs/log-api/introduction-log-api/#limits"/>
    protected override AttributeRules AttributeRules { get; } = new()
    {
        FieldsMax = 200,
        ReservedNames =
        [
            "timestamp", "level", "log_type", "aws.lambdaRequestId", "trace.id", "span.id", "faas.coldstart", "snapshot", "message",
            "tenant_id", "durable_execution", "operation", "attempt",
            "plugin", "service.name", "faas.name", "faas.version", "cloud.region", "host.arch",
            .. options.Fields.Select(field => field.Key),
        ],
    };

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => ",\"message\":\""u8;

    // The extension's own attributes precede those of the line, which cannot have the same names.
    static ReadOnlySpan<byte> AttributesName => ",\"attributes\":"u8;

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + record.TraceId.Length + record.Attributes.Length + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add("{\"timestamp\":"u8);
        writer.AddNumber(UnixTime.Milliseconds(record.Time));
        writer.Add(",\"level\":\""u8);
        writer.Add(record.Level.Name());
        writer.Add("\",\"log_type\":\""u8);
        writer.Add(record.LogType);
        writer.Add("\""u8);
        writer.AddOptional(",\"aws.lambdaRequestId\":\""u8, record.RequestId);
        RecordContext.Write(in record, ref writer);
        Span<byte> id = stackalloc byte[TraceIds.Size];
        if (TraceIds.TryWrite(record.TraceId, id))
            writer.AddOptional(",\"trace.id\":\""u8, id);
        if (TraceIds.TryWriteSpan(record.SpanId, id))
            writer.AddOptional(",\"span.id\":\""u8, id[..TraceIds.SpanSize]);
        writer.AddFlag(record.ColdStart, ",\"faas.coldstart\":true"u8, ",\"faas.coldstart\":false"u8);
        if (record.Snapshot)
            writer.Add(",\"snapshot\":true"u8);
        writer.Add(MessageName);
        writer.Add(record.Message);
        writer.Add("\""u8);
        writer.AddAttributes(AttributesName, record.Attributes);
        writer.Add("}"u8);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        "]}]"u8.CopyTo(body[length..]);
        return 3;
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest) => After(AttributesName, rest, brackets: 1);

    static byte[] HeadOf(FormatOptions options, FunctionIdentity identity) => new ConstantText()
        .Raw("[{\"common\":{\"attributes\":{\"plugin\":\"aws-lambda-logs-http-destination\""u8)
        .Member("service.name", options.ServiceNameFor(identity)).Member("faas.name", identity.Name)
        .Member("faas.version", identity.Version).Member("cloud.region", identity.Region).Member("host.arch", identity.Architecture)
        .Members(options.Fields)
        .Raw("}},\"logs\":["u8).ToArray();
}
