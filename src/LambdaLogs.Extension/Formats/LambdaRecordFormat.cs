using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A format whose records are the default payload's: objects with ten fields in a fixed order and, behind them, the constant fields and,
/// where known, <c>request_id</c>, <c>trace_id</c>, <c>cold_start</c>, <c>snapshot</c> and <c>attributes</c>.
/// </summary>
internal abstract class LambdaRecordFormat : JsonFormat
{
    /// <summary>All that is constant text around a record's fields, rounded up.</summary>
    const int FieldNamesMax = 160;

    // From the message's closing quote to the log type's opening quote: the same for every record of the process.
    readonly byte[] _identity;

    // Behind the log type's closing quote.
    readonly byte[] _fields;

    /// <summary>Prepares what is the same for every record.</summary>
    /// <param name="options">Brings kind and constant fields.</param>
    /// <param name="identity">Which function it is.</param>
    /// <param name="head">What the body begins with.</param>
    /// <param name="separator">What stands between two records.</param>
    protected LambdaRecordFormat(FormatOptions options, FunctionIdentity identity, byte[] head, byte separator)
        : this(options, identity, new ConstantText().Members(options.Fields).ToArray(), head, separator)
    {
    }

    LambdaRecordFormat(FormatOptions options, FunctionIdentity identity, byte[] fields, byte[] head, byte separator)
        : base(FormatTraits.Of(options.Kind), head, separator, fields.Length)
    {
        _fields = fields;
        _identity = Prepare(identity);
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => "\",\"message\":\""u8;

    static ReadOnlySpan<byte> AttributesName => ",\"attributes\":"u8;

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + _identity.Length + _fields.Length + record.Time.Length
        + record.Message.Length + record.LogType.Length + record.RequestId.Length + record.TraceId.Length + record.Attributes.Length;

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add("{\"timestamp\":\""u8);
        writer.Add(record.Time);
        writer.Add("\",\"level\":\""u8);
        writer.Add(record.Level.Name());
        writer.Add("\",\"message\":\""u8);
        writer.Add(record.Message);
        writer.Add(_identity);
        writer.Add(record.LogType);
        writer.Add("\""u8);
        writer.Add(_fields);
        writer.AddOptional(",\"request_id\":\""u8, record.RequestId);
        writer.AddOptional(",\"trace_id\":\""u8, record.TraceId);
        writer.AddFlag(record.ColdStart, ",\"cold_start\":true"u8, ",\"cold_start\":false"u8);
        if (record.Snapshot)
            writer.Add(",\"snapshot\":true"u8);
        writer.AddAttributes(AttributesName, record.Attributes);
        writer.Add("}"u8);
        return writer.Written;
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest) => Behind(AttributesName, rest, brackets: 1);

    static byte[] Prepare(FunctionIdentity identity) => new ConstantText()
        .Raw("\",\"source\":\"lambda_function\",\"function_name\":\""u8).Text(identity.Name)
        .Raw("\",\"function_version\":\""u8).Text(identity.Version)
        .Raw("\",\"function_memory_size\":\""u8).Text(identity.MemorySize)
        .Raw("\",\"aws_region\":\""u8).Text(identity.Region)
        .Raw("\",\"architecture\":\""u8).Text(identity.Architecture)
        .Raw("\",\"log_type\":\""u8)
        .ToArray();
}
