using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// OpenTelemetry logs over HTTP, as Protocol Buffers. The head ends with the tag of the first record and the separator is the same tag, so
/// each record starts with its length. The lengths of the enclosing messages are in the head and are filled in at the end.
/// </summary>
/// Source: <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto"/>
/// <param name="options">Contains the service name and the constant fields.</param>
/// <param name="identity">Identifies the function.</param>
/// <param name="time">The wall clock, for the time of observation.</param>
internal sealed class OtlpProtobufFormat(FormatOptions options, FunctionIdentity identity, TimeProvider time)
    : LogFormat(FormatTraits.Of(FormatKind.OtlpProtobuf), OtlpProtobufHead.Of(options, identity), LogRecordTag)
{
    /// <summary>The tag of a record: field 2 of <c>ScopeLogs</c>.</summary>
    public const byte LogRecordTag = 0x12;

    /// <summary>Upper bound of all tags, lengths, numbers, ids and names of a record.</summary>
    const int FieldsMax = 320;

    const byte TimeTag = 0x09;
    const byte SeverityNumberTag = 0x10;
    const byte SeverityTextTag = 0x1A;
    const byte BodyTag = 0x2A;
    const byte AttributeTag = 0x32;
    const byte TraceIdTag = 0x4A;
    const byte SpanIdTag = 0x52;
    const byte ObservedTimeTag = 0x59;
    const byte StringTag = 0x0A;
    const int BodyField = BodyTag >> 3;

    /// <inheritdoc/>
    protected override AttributeRules AttributeRules => OtlpResource.AttributeRules;

    /// <inheritdoc/>
    public override int ResponseBytesMax(int status, bool isJson) => status is >= 200 and < 300 ? ShortResponse : 0;

    /// <inheritdoc/>
    public override PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => OtlpResponse.ReadProtobuf(body);

    /// <inheritdoc/>
    public override string? ReadRefusal(ReadOnlySpan<byte> body) => OtlpResponse.ReadStatus(body);

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldsMax + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + OtlpProtobufValue.MembersMax(record.Attributes) + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new ProtobufWriter(destination[ProtobufWriter.LengthSize..]);
        writer.Fixed64(TimeTag, (ulong)UnixTime.Nanoseconds(record.Time));
        writer.Fixed64(ObservedTimeTag, (ulong)((time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * 100));
        writer.Byte(SeverityNumberTag);
        writer.Byte((byte)OtlpSeverity.Of(record.Level));
        writer.Bytes(SeverityTextTag, record.Level.Name());
        WriteTrace(in record, ref writer);
        if (!record.RequestId.IsEmpty)
            OtlpProtobufValue.WriteText(AttributeTag, "faas.invocation_id"u8, record.RequestId, ref writer);
        OtlpProtobufValue.WriteContext(AttributeTag, record.Context, ref writer);
        if (record.ColdStart is { } cold)
            OtlpProtobufValue.WriteFlag(AttributeTag, "faas.coldstart"u8, cold, ref writer);
        if (record.Snapshot)
            OtlpProtobufValue.WriteFlag(AttributeTag, "aws.lambda.snapshot"u8, true, ref writer);
        OtlpProtobufValue.WriteText(AttributeTag, "aws.lambda.log_type"u8, record.LogType, ref writer);

        // Only the line's own attributes follow the body, so that they can be located when a record is truncated.
        var body = writer.Begin(BodyTag);
        writer.Text(StringTag, record.Message);
        writer.End(body);
        OtlpProtobufValue.WriteMembers(AttributeTag, record.Attributes, depth: 0, ref writer);
        ProtobufWriter.FillIn(destination[..ProtobufWriter.LengthSize], writer.Written);
        return writer.Written + ProtobufWriter.LengthSize;
    }

    /// <inheritdoc/>
    public override int Shorten(ReadOnlySpan<byte> encoded, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);
        var fields = encoded[ProtobufWriter.LengthSize..];
        var reader = new ProtobufReader(fields);
        while (reader.Next() && reader.Field != BodyField)
        {
        }

        var bodyStart = RequireFound(reader.Field == BodyField ? reader.Start : -1);
        var message = TextOf(reader.Bytes);
        var attributes = fields[reader.End..];
        var constant = ProtobufWriter.LengthSize + bodyStart + (2 * (1 + ProtobufWriter.LengthSize));
        if (constant + attributes.Length + MessageTruncation.MarkMax > bytesMax)
            attributes = Mark;

        var writer = new ProtobufWriter(destination[ProtobufWriter.LengthSize..]);
        writer.Raw(fields[..bodyStart]);
        var body = writer.Begin(BodyTag);
        var text = writer.Begin(StringTag);
        var cut = new SpanWriter(destination[(ProtobufWriter.LengthSize + writer.Written)..]);
        MessageTruncation.Write(message, bytesMax - constant - attributes.Length, ref cut);
        writer.Advance(cut.Written);
        writer.End(text);
        writer.End(body);
        writer.Raw(attributes);
        ProtobufWriter.FillIn(destination[..ProtobufWriter.LengthSize], writer.Written);
        return writer.Written + ProtobufWriter.LengthSize;
    }

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        OtlpProtobufHead.FillIn(body, Head.Length, length);
        return 0;
    }

    /// <summary>An attribute <c>truncated</c> with the value true.</summary>
    static ReadOnlySpan<byte> Mark => "\u0032\u000F\u000A\u0009truncated\u0012\u0002\u0010\u0001"u8;

    static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value)
    {
        var reader = new ProtobufReader(value);
        return reader.Next() ? reader.Bytes : default;
    }

    static void WriteTrace(in LogRecord record, ref ProtobufWriter writer)
    {
        Span<byte> digits = stackalloc byte[TraceIds.Size];
        Span<byte> id = stackalloc byte[TraceIds.Size / 2];
        if (!TraceIds.TryWrite(record.TraceId, digits))
            return;

        TraceIds.ToBytes(digits, id);
        writer.Bytes(TraceIdTag, id);
        if (!TraceIds.TryWriteSpan(record.SpanId, digits))
            return;

        TraceIds.ToBytes(digits[..TraceIds.SpanSize], id);
        writer.Bytes(SpanIdTag, id[..(TraceIds.SpanSize / 2)]);
    }
}
