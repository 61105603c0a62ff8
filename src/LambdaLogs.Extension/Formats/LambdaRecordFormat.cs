using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// The base of formats with the default payload's records: objects with ten fields in a fixed order, followed by the constant fields and,
/// if known, <c>request_id</c>, the members of <see cref="RecordContext"/>, <c>trace_id</c>, <c>cold_start</c>, <c>snapshot</c> and
/// <c>attributes</c>.
/// </summary>
internal abstract class LambdaRecordFormat : JsonFormat
{
    /// <summary>Upper bound of the constant text of a record.</summary>
    const int FieldNamesMax = 160;

    readonly byte[] _timeName;
    readonly byte[] _messageName;

    // From the time's closing quote to the message's opening quote, for each level.
    readonly byte[][] _levels;

    // From the message's closing quote to the log type's opening quote: the same for every record.
    readonly byte[] _identity;

    // The text after the log type's closing quote.
    readonly byte[] _fields;

    // From the message's closing quote to behind the constant fields, for the lines of functions.
    readonly byte[] _lineIdentity;

    readonly byte[] _requestIdName;
    readonly byte[] _traceIdName;
    readonly byte[] _spanIdName;
    readonly byte[][]? _contextNames;
    readonly byte[] _coldStart;
    readonly byte[] _warmStart;
    readonly byte[] _snapshot;
    readonly byte[] _attributesName;
    readonly int _namesLength;

    /// <summary>Prepares the constant parts.</summary>
    /// <param name="options">Contains the format and the constant fields.</param>
    /// <param name="identity">Identifies the function.</param>
    /// <param name="head">The start of the body.</param>
    /// <param name="separator">The byte between two records.</param>
    protected LambdaRecordFormat(FormatOptions options, FunctionIdentity identity, byte[] head, byte separator)
        : this(options, identity, new ConstantText().Members(options.Fields).ToArray(), LongerNames(options.Names), head, separator)
    {
    }

    LambdaRecordFormat(FormatOptions options, FunctionIdentity identity, byte[] fields, int longerNames, byte[] head, byte separator)
        : base(FormatTraits.Of(options.Kind), head, separator, fields.Length + longerNames)
    {
        var names = options.Names;
        _timeName = new ConstantText().Raw("{\""u8).Text(names.OutputNameOf("timestamp")).Raw("\":\""u8).ToArray();
        _messageName = After(names.OutputNameOf("message"), "\",\""u8, "\":\""u8);
        _levels = Levels(names);
        _identity = Prepare(identity, names);
        _fields = fields;
        _lineIdentity = [.. _identity, .. FunctionType, (byte)'"', .. fields];
        _requestIdName = After(names.OutputNameOf("request_id"), ",\""u8, "\":\""u8);
        _traceIdName = After(names.OutputNameOf("trace_id"), ",\""u8, "\":\""u8);
        _spanIdName = After(names.OutputNameOf("span_id"), ",\""u8, "\":\""u8);
        _contextNames = ContextNames(names);
        _coldStart = After(names.OutputNameOf("cold_start"), ",\""u8, "\":true"u8);
        _warmStart = After(names.OutputNameOf("cold_start"), ",\""u8, "\":false"u8);
        _snapshot = After(names.OutputNameOf("snapshot"), ",\""u8, "\":true"u8);
        _attributesName = After(names.OutputNameOf("attributes"), ",\""u8, "\":"u8);
        _namesLength = FieldNamesMax + longerNames;
    }

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => _messageName;

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => _namesLength + _identity.Length + _fields.Length + record.Time.Length
        + record.Message.Length + record.LogType.Length + record.RequestId.Length + record.TraceId.Length + record.Attributes.Length
        + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add(_timeName);
        writer.Add(record.Time);
        writer.Add(_levels[(int)record.Level]);
        writer.Add(record.Message);
        WriteType(record.LogType, ref writer);
        writer.AddOptional(_requestIdName, record.RequestId);
        if (_contextNames is null)
            RecordContext.Write(in record, ref writer);
        else
            RecordContext.Write(in record, _contextNames, ref writer);
        writer.AddOptional(_traceIdName, record.TraceId);
        RecordContext.WriteSpan(_spanIdName, in record, ref writer);
        writer.AddFlag(record.ColdStart, _coldStart, _warmStart);
        if (record.Snapshot)
            writer.Add(_snapshot);
        writer.AddAttributes(_attributesName, record.Attributes);
        writer.Add((byte)'}');
        return writer.Written;
    }

    void WriteType(ReadOnlySpan<byte> type, ref SpanWriter writer)
    {
        if (type.SequenceEqual(FunctionType))
        {
            writer.Add(_lineIdentity);
            return;
        }

        writer.Add(_identity);
        writer.Add(type);
        writer.Add((byte)'"');
        writer.Add(_fields);
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest) => After(_attributesName, rest, brackets: 1);

    static ReadOnlySpan<byte> FunctionType => "function"u8;

    static byte[][] Levels(FieldNames names)
    {
        var texts = new byte[(int)LogLevel.Fatal + 1][];
        for (var level = LogLevel.Trace; level <= LogLevel.Fatal; level++)
        {
            texts[(int)level] = new ConstantText().Raw("\",\""u8).Text(names.OutputNameOf("level")).Raw("\":\""u8).Raw(level.Name())
                .Raw("\",\""u8).Text(names.OutputNameOf("message")).Raw("\":\""u8).ToArray();
        }

        return texts;
    }

    static byte[] Prepare(FunctionIdentity identity, FieldNames names)
    {
        var text = new ConstantText().Raw("\""u8);
        Add("source", "lambda_function");
        Add("function_name", identity.Name);
        Add("function_version", identity.Version);
        Add("function_memory_size", identity.MemorySize);
        Add("aws_region", identity.Region);
        Add("architecture", identity.Architecture);
        return text.Raw(",\""u8).Text(names.OutputNameOf("log_type")).Raw("\":\""u8).ToArray();

        void Add(string field, string value)
        {
            if (!names.Drops(field))
                text.Raw(",\""u8).Text(names.OutputNameOf(field)).Raw("\":\""u8).Text(value).Raw("\""u8);
        }
    }

    /// <summary>Null: none of them is renamed.</summary>
    static byte[][]? ContextNames(FieldNames names)
    {
        var texts = new byte[RecordContext.Names.Count][];
        var isRenamed = false;
        for (var index = 0; index < texts.Length; index++)
        {
            var name = names.OutputNameOf(RecordContext.Names[index]);
            isRenamed |= name != RecordContext.Names[index];
            texts[index] = After(name, "\""u8, "\":"u8);
        }

        return isRenamed ? texts : null;
    }

    static byte[] After(string name, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after) =>
        new ConstantText().Raw(before).Text(name).Raw(after).ToArray();

    /// <summary>How much longer the configured names may be than the default ones, escaped in the worst case.</summary>
    static int LongerNames(FieldNames names)
    {
        const int EscapedMax = 6;
        var length = 0;
        foreach (var (_, to) in names.Renamed)
            length += to.Length * EscapedMax;
        return length;
    }
}
