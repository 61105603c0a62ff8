using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Loki's push API. Each record is a stream of one entry, so that entries keep their order whatever their labels are. There are few labels
/// (service, function, region, level); other fields are structured metadata of the entry. The line is the message or, if there are
/// attributes, a JSON object of the message and the attributes, which LogQL's <c>json</c> parses.
/// </summary>
/// Source: <see href="https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs"/>
internal sealed class LokiFormat : LogFormat
{
    /// <summary>Upper bound of the constant text of a record.</summary>
    const int FieldNamesMax = 288;

    readonly byte[] _labels;
    readonly byte[] _metadata;
    readonly Scratch _line = new();
    readonly Scratch _shorter = new();
    readonly KeyValuePair<string, string>? _header;

    /// <summary>Prepares the constant parts.</summary>
    /// <param name="options">Contains tenant, service name and constant fields.</param>
    /// <param name="identity">Identifies the function.</param>
    public LokiFormat(FormatOptions options, FunctionIdentity identity)
        : this(Labels(options, identity), Metadata(options, identity)) =>
        _header = options.LokiTenant is { } tenant ? new("X-Scope-OrgID", tenant) : null;

    LokiFormat(byte[] labels, byte[] metadata)
        : base(FormatTraits.Of(FormatKind.Loki), "{\"streams\":["u8.ToArray(), (byte)',', labels.Length + metadata.Length)
    {
        _labels = labels;
        _metadata = metadata;
    }

    /// <summary>The attributes become members of the line's object, next to the message.</summary>
    protected override AttributeRules AttributeRules { get; } = new() { ReservedNames = ["message"] };

    /// <inheritdoc/>
    public override LogRecord Prepare(scoped in LogRecord record)
    {
        var clean = base.Prepare(in record);
        return LokiLine.Truncate(in clean, Traits.LineBytesMax, _line);
    }

    /// <inheritdoc/>
    public override KeyValuePair<string, string>? Header => _header;

    static ReadOnlySpan<byte> LineName => "\",\""u8;

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + _labels.Length + _metadata.Length + record.LogType.Length
        + record.RequestId.Length + record.TraceId.Length + LokiLine.MaxSize(record.Message, record.Attributes)
        + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add(_labels);
        writer.Add(Level(record.Level));
        writer.Add("\"},\"values\":[[\""u8);
        writer.AddNumber(UnixTime.Nanoseconds(record.Time));
        writer.Add(LineName);
        LokiLine.Write(record.Message, record.Attributes, ref writer);
        writer.Add(_metadata);
        writer.Add(record.LogType);
        writer.Add("\""u8);
        writer.AddOptional(",\"request_id\":\""u8, record.RequestId);
        RecordContext.WriteTexts(in record, default, ref writer);
        writer.AddOptional(",\"trace_id\":\""u8, record.TraceId);
        RecordContext.WriteSpan(",\"span_id\":\""u8, in record, ref writer);
        writer.AddFlag(record.ColdStart, ",\"cold_start\":\"true\""u8, ",\"cold_start\":\"false\""u8);
        if (record.Snapshot)
            writer.Add(",\"snapshot\":\"true\""u8);
        writer.Add("}]]}"u8);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Shorten(ReadOnlySpan<byte> encoded, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);
        var start = RequireFound(encoded.IndexOf("\"values\":[[\""u8));
        start += RequireFound(encoded[start..].IndexOf(LineName)) + LineName.Length;
        var line = encoded[start..];
        line = line[..JsonValue.StringLength(line)];
        var rest = encoded[(start + line.Length)..];

        var writer = new SpanWriter(destination);
        writer.Add(encoded[..start]);
        LokiLine.Shorten(line, bytesMax - start - rest.Length, _shorter, ref writer);
        writer.Add(rest);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        "]}"u8.CopyTo(body[length..]);
        return 2;
    }

    /// <summary>Grafana's names of levels.</summary>
    static ReadOnlySpan<byte> Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace"u8,
        LogLevel.Debug => "debug"u8,
        LogLevel.Info => "info"u8,
        LogLevel.Warn => "warn"u8,
        LogLevel.Error => "error"u8,
        _ => "fatal"u8,
    };

    static byte[] Labels(FormatOptions options, FunctionIdentity identity) => new ConstantText()
        .Raw("{\"stream\":{\"service_name\":\""u8).Text(options.ServiceNameFor(identity)).Raw("\""u8)
        .Member("function", identity.Name).Member("region", identity.Region).Raw(",\"level\":\""u8).ToArray();

    static byte[] Metadata(FormatOptions options, FunctionIdentity identity) => new ConstantText()
        .Raw("\",{\"source\":\"aws-lambda\""u8).Member("function_version", identity.Version).Members(options.Fields)
        .Raw(",\"log_type\":\""u8).ToArray();
}
