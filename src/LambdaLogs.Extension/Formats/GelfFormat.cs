using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Graylog Extended Log Format 1.1: flat objects, one per line, with times in seconds with decimals, syslog levels, and additional fields
/// that start with an underscore. Nested attributes are flattened, see <see cref="GelfFields"/>.
/// </summary>
/// Source: <see href="https://go2docs.graylog.org/current/getting_in_log_data/gelf.html"/>
internal sealed class GelfFormat : JsonFormat
{
    /// <summary>Upper bound of the constant text of a record.</summary>
    const int FieldNamesMax = 224;

    readonly byte[] _constants;
    readonly GelfFields _fields;

    /// <summary>Prepares the constant parts.</summary>
    /// <param name="options">Contains the service name and the constant fields.</param>
    /// <param name="identity">Identifies the function.</param>
    public GelfFormat(FormatOptions options, FunctionIdentity identity)
        : this(Constants(options, identity), new GelfFields(Ours(options)))
    {
    }

    GelfFormat(byte[] constants, GelfFields fields)
        : base(FormatTraits.Of(FormatKind.Gelf), [], (byte)'\n', constants.Length)
    {
        _constants = constants;
        _fields = fields;
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => ",\"short_message\":\""u8;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> TruncatedMark => ",\"_truncated\":\"true\""u8;

    /// <inheritdoc/>
    public override LogRecord Prepare(scoped in LogRecord record) => record;

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + _constants.Length + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + record.TraceId.Length + GelfFields.MaxSize(record.Attributes)
        + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add("{\"version\":\"1.1\",\"timestamp\":"u8);
        writer.AddSeconds(UnixTime.Milliseconds(record.Time));
        writer.Add(",\"level\":"u8);
        writer.AddNumber(Severity(record.Level));
        writer.Add(_constants);
        writer.Add(record.LogType);
        writer.Add("\""u8);
        writer.AddOptional(",\"_request_id\":\""u8, record.RequestId);
        RecordContext.WriteTexts(in record, "_"u8, ref writer);
        writer.AddOptional(",\"_trace_id\":\""u8, record.TraceId);
        RecordContext.WriteSpan(",\"_span_id\":\""u8, in record, ref writer);
        writer.AddFlag(record.ColdStart, ",\"_cold_start\":\"true\""u8, ",\"_cold_start\":\"false\""u8);
        if (record.Snapshot)
            writer.Add(",\"_snapshot\":\"true\""u8);
        writer.Add(MessageName);
        // Graylog silently discards a message without visible characters.
        writer.Add(BlankText.IsBlank(record.Message) ? "-"u8 : record.Message);
        writer.Add("\""u8);
        _fields.Write(record.Attributes, ref writer);
        writer.Add("}"u8);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        body[length] = (byte)'\n';
        return 1;
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest) => 1..(rest.Length - 1);

    /// <summary>Syslog severities, RFC 5424, section 6.2.1.</summary>
    static int Severity(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => 7,
        LogLevel.Info => 6,
        LogLevel.Warn => 4,
        LogLevel.Error => 3,
        _ => 2,
    };

    static byte[] Constants(FormatOptions options, FunctionIdentity identity) => new ConstantText()
        .Raw(",\"host\":\""u8).Text(options.ServiceNameFor(identity) is { Length: > 0 } name ? name : "lambda").Raw("\""u8)
        .Member("_function_name", identity.Name).Member("_function_version", identity.Version)
        .Member("_aws_region", identity.Region).Members(options.Fields, prefix: "_")
        .Raw(",\"_log_type\":\""u8).ToArray();

    static string[] Ours(FormatOptions options) =>
    [
        "function_name", "function_version", "aws_region", "log_type", "request_id", "trace_id", "span_id", "cold_start", "snapshot",
        .. RecordContext.Names,
        .. options.Fields.Select(field => field.Key.Replace('.', '_')),
    ];
}
