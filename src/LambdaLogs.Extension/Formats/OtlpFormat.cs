using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// OpenTelemetry logs over HTTP, as JSON: enums as numbers, 64-bit numbers as strings, ids in hexadecimal. The resource contains the
/// identity of the function, once per body.
/// </summary>
/// Source: <see href="https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding"/>
/// <param name="options">Contains the service name and the constant fields.</param>
/// <param name="identity">Identifies the function.</param>
/// <param name="time">The wall clock, for the time of observation.</param>
internal sealed class OtlpFormat(FormatOptions options, FunctionIdentity identity, TimeProvider time)
    : JsonFormat(FormatTraits.Of(FormatKind.Otlp), HeadOf(options, identity), (byte)',', constantBytes: 0)
{
    /// <summary>Upper bound of the constant text of a record, including ids and numbers.</summary>
    const int FieldNamesMax = 576;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => "\"body\":{\"stringValue\":\""u8;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> TruncatedMark => ",{\"key\":\"truncated\",\"value\":{\"boolValue\":true}}"u8;

    // The last of the extension's own attributes, which every record has.
    static ReadOnlySpan<byte> LogTypeName => "{\"key\":\"aws.lambda.log_type\",\"value\":{\"stringValue\":\""u8;

    /// <inheritdoc/>
    protected override AttributeRules AttributeRules => OtlpResource.AttributeRules;

    /// <inheritdoc/>
    public override int ResponseBytesMax(int status, bool isJson) => status is >= 200 and < 300 ? ShortResponse : 0;

    /// <inheritdoc/>
    public override PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => OtlpResponse.ReadJson(body);

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + OtlpJsonValue.MembersMax(record.Attributes) + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add("{\"timeUnixNano\":\""u8);
        writer.AddNumber(UnixTime.Nanoseconds(record.Time));
        writer.Add("\",\"observedTimeUnixNano\":\""u8);
        writer.AddNumber((time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100);
        writer.Add("\",\"severityNumber\":"u8);
        writer.AddNumber(OtlpSeverity.Of(record.Level));
        writer.Add(",\"severityText\":\""u8);
        writer.Add(record.Level.Name());
        writer.Add("\","u8);
        WriteTrace(in record, ref writer);
        writer.Add(MessageName);
        writer.Add(record.Message);
        writer.Add("\"},\"attributes\":["u8);
        writer.AddOptional("{\"key\":\"faas.invocation_id\",\"value\":{\"stringValue\":\""u8, record.RequestId, "}},"u8);
        RecordContext.WriteOtlp(in record, ref writer);
        writer.AddFlag(record.ColdStart, ColdStart(true), ColdStart(false));
        if (record.Snapshot)
            writer.Add("{\"key\":\"aws.lambda.snapshot\",\"value\":{\"boolValue\":true}},"u8);
        writer.Add(LogTypeName);
        writer.Add(record.LogType);
        writer.Add("\"}}"u8);
        OtlpJsonValue.WriteMembers(record.Attributes, isFirst: false, depth: 0, ref writer);
        writer.Add("]}"u8);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        "]}]}]}"u8.CopyTo(body[length..]);
        return 6;
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest)
    {
        var typeStart = RequireFound(rest.IndexOf(LogTypeName)) + LogTypeName.Length;
        var start = typeStart + JsonValue.StringLength(rest[typeStart..]) + "\"}}".Length;
        return start..(rest.Length - "]}".Length);
    }

    static ReadOnlySpan<byte> ColdStart(bool isCold) => isCold
        ? "{\"key\":\"faas.coldstart\",\"value\":{\"boolValue\":true}},"u8
        : "{\"key\":\"faas.coldstart\",\"value\":{\"boolValue\":false}},"u8;

    static void WriteTrace(in LogRecord record, ref SpanWriter writer)
    {
        Span<byte> id = stackalloc byte[TraceIds.Size];
        if (!TraceIds.TryWrite(record.TraceId, id))
            return;

        writer.AddOptional("\"traceId\":\""u8, id, ","u8);
        if (TraceIds.TryWriteSpan(record.SpanId, id))
            writer.AddOptional("\"spanId\":\""u8, id[..TraceIds.SpanSize], ","u8);
    }

    static byte[] HeadOf(FormatOptions options, FunctionIdentity identity)
    {
        var head = new ConstantText().Raw("{\"resourceLogs\":[{\"resource\":{\"attributes\":["u8);
        foreach (var (name, text) in OtlpResource.Texts(options, identity))
            head.Raw("{\"key\":\""u8).Text(name).Raw("\",\"value\":{\"stringValue\":\""u8).Text(text).Raw("\"}},"u8);
        if (OtlpResource.MaxMemory(identity) is { } bytes)
            head.Raw("{\"key\":\"faas.max_memory\",\"value\":{\"intValue\":\""u8).Text($"{bytes}").Raw("\"}},"u8);

        return head.WithoutLast()
            .Raw("]},\"scopeLogs\":[{\"scope\":{\"name\":\""u8).Text(OtlpResource.ScopeName).Raw("\"},\"logRecords\":["u8).ToArray();
    }
}
