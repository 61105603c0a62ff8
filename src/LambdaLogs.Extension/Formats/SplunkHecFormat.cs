using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Splunk's HTTP Event Collector: a sequence of objects, one per line, with times in seconds with decimals.</summary>
/// Source: <see href="https://docs.splunk.com/Documentation/Splunk/latest/Data/FormateventsforHTTPEventCollector"/>
internal sealed class SplunkHecFormat : JsonFormat
{
    /// <summary>Upper bound of the constant text of a record.</summary>
    const int FieldNamesMax = 224;

    readonly byte[] _constants;

    /// <summary>Prepares the constant parts.</summary>
    /// <param name="options">Contains index, source type and constant fields, which are indexed.</param>
    /// <param name="identity">Identifies the function.</param>
    public SplunkHecFormat(FormatOptions options, FunctionIdentity identity)
        : this(Constants(options, identity))
    {
    }

    SplunkHecFormat(byte[] constants)
        : base(FormatTraits.Of(FormatKind.SplunkHec), [], (byte)'\n', constants.Length) => _constants = constants;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => ",\"message\":\""u8;

    static ReadOnlySpan<byte> AttributesName => ",\"attributes\":"u8;

    /// <inheritdoc/>
    public override int ResponseBytesMax(int status, bool isJson) => status >= 400 ? ShortResponse : 0;

    /// <inheritdoc/>
    public override PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => SplunkResponse.Read(status, body);

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + _constants.Length + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + record.TraceId.Length + record.Attributes.Length + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add("{\"time\":"u8);
        writer.AddSeconds(UnixTime.Milliseconds(record.Time));
        writer.Add(_constants);
        writer.Add(record.Level.Name());
        writer.Add("\",\"log_type\":\""u8);
        writer.Add(record.LogType);
        writer.Add("\""u8);
        writer.AddOptional(",\"request_id\":\""u8, record.RequestId);
        RecordContext.Write(in record, ref writer);
        writer.AddOptional(",\"trace_id\":\""u8, record.TraceId);
        RecordContext.WriteSpan(",\"span_id\":\""u8, in record, ref writer);
        writer.AddFlag(record.ColdStart, ",\"cold_start\":true"u8, ",\"cold_start\":false"u8);
        if (record.Snapshot)
            writer.Add(",\"snapshot\":true"u8);
        writer.Add(MessageName);
        writer.Add(record.Message);
        writer.Add("\""u8);
        writer.AddAttributes(AttributesName, record.Attributes);
        writer.Add("}}"u8);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        body[length] = (byte)'\n';
        return 1;
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest) => After(AttributesName, rest, brackets: 2);

    // The source is the same as in Splunk's own blueprints for Lambda.
    static byte[] Constants(FormatOptions options, FunctionIdentity identity)
    {
        var constants = new ConstantText()
            .Member("host", options.ServiceNameFor(identity)).Raw(",\"source\":\"lambda:"u8).Text(identity.Name).Raw("\""u8)
            .Member("sourcetype", options.SplunkSourceType ?? "").Member("index", options.SplunkIndex ?? "");
        if (options.Fields.Count > 0)
            constants.Raw(",\"fields\":"u8).Object(options.Fields);

        return constants.Raw(",\"event\":{\"function_name\":\""u8).Text(identity.Name).Raw("\""u8)
            .Member("function_version", identity.Version).Member("aws_region", identity.Region)
            .Raw(",\"level\":\""u8).ToArray();
    }
}
