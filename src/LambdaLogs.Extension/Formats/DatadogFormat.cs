using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Datadog's logs intake, version 2: an array of objects with times in milliseconds.</summary>
/// Source: <see href="https://docs.datadoghq.com/api/latest/logs/#send-logs"/>
internal sealed class DatadogFormat : JsonFormat
{
    /// <summary>Upper bound of the constant text of a record.</summary>
    const int FieldNamesMax = 224;

    readonly byte[] _constants;

    /// <summary>Prepares the constant parts.</summary>
    /// <param name="options">Contains the service name and the constant fields, which become tags.</param>
    /// <param name="identity">Identifies the function.</param>
    public DatadogFormat(FormatOptions options, FunctionIdentity identity)
        : this(Constants(options, identity))
    {
    }

    DatadogFormat(byte[] constants)
        : base(FormatTraits.Of(FormatKind.Datadog), "["u8.ToArray(), (byte)',', constants.Length) => _constants = constants;

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => ",\"message\":\""u8;

    static ReadOnlySpan<byte> AttributesName => ",\"attributes\":"u8;

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + _constants.Length + record.Message.Length + record.LogType.Length
        + record.RequestId.Length + record.TraceId.Length + record.Attributes.Length + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add("{\"timestamp\":"u8);
        writer.AddNumber(UnixTime.Milliseconds(record.Time));
        writer.Add(",\"status\":\""u8);
        writer.Add(Status(record.Level));
        writer.Add("\""u8);
        writer.Add(_constants);
        writer.Add(record.LogType);
        writer.Add("\""u8);
        writer.AddOptional(",\"request_id\":\""u8, record.RequestId);
        RecordContext.Write(in record, ref writer);
        var isW3C = record.TraceId.Length == TraceIds.Size;
        writer.AddOptional(isW3C ? ",\"trace_id\":\""u8 : ",\"xray_trace_id\":\""u8, record.TraceId);
        RecordContext.WriteSpan(",\"span_id\":\""u8, in record, ref writer);
        writer.AddFlag(record.ColdStart, ",\"cold_start\":true"u8, ",\"cold_start\":false"u8);
        if (record.Snapshot)
            writer.Add(",\"snapshot\":true"u8);
        writer.Add("}"u8);
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
        body[length] = (byte)']';
        return 1;
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest) => After(AttributesName, rest, brackets: 1);

    /// <summary>Datadog's names of levels.</summary>
    static ReadOnlySpan<byte> Status(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug"u8,
        LogLevel.Info => "info"u8,
        LogLevel.Warn => "warn"u8,
        LogLevel.Error => "error"u8,
        _ => "critical"u8,
    };

    static byte[] Constants(FormatOptions options, FunctionIdentity identity)
    {
        var constants = new ConstantText()
            .Raw(",\"ddsource\":\"lambda\""u8)
            .Member("service", options.ServiceNameFor(identity)).Member("hostname", identity.Name)
            .Raw(",\"ddtags\":\"functionname:"u8).Text(identity.Name);
        if (identity.Region.Length > 0)
            constants.Raw(",region:"u8).Text(identity.Region);
        foreach (var (name, text) in options.Fields)
            constants.Raw(","u8).Text(name).Raw(":"u8).Text(text);

        return constants.Raw("\",\"lambda\":{\"name\":\""u8).Text(identity.Name).Raw("\""u8)
            .Member("version", identity.Version).Member("memory_size", identity.MemorySize).Member("architecture", identity.Architecture)
            .Raw(",\"log_type\":\""u8).ToArray();
    }
}
