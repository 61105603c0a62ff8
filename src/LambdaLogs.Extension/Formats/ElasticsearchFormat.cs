using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// The bulk API of Elasticsearch and OpenSearch: for each record a <c>create</c> action, which works for data streams and indices, and a
/// document with field names of the Elastic Common Schema. The API requires a line break after the last line.
/// </summary>
/// Source: <see href="https://www.elastic.co/guide/en/elasticsearch/reference/current/docs-bulk.html"/>
internal sealed class ElasticsearchFormat : JsonFormat
{
    /// <summary>Upper bound of the constant text of a record, including the id and the trace.</summary>
    const int FieldNamesMax = 384;

    readonly byte[] _action;
    readonly byte[] _constants;
    readonly DocumentIds? _ids;

    /// <summary>Prepares the constant parts.</summary>
    /// <param name="options">Contains index, ids, service name and constant fields.</param>
    /// <param name="identity">Identifies the function.</param>
    /// <param name="random">Returns a random number in [0, 1), for ids.</param>
    public ElasticsearchFormat(FormatOptions options, FunctionIdentity identity, Func<double> random)
        : this(options, Action(options), Constants(options, identity), random)
    {
    }

    ElasticsearchFormat(FormatOptions options, byte[] action, byte[] constants, Func<double> random)
        : base(FormatTraits.Of(FormatKind.Elasticsearch), [], (byte)'\n', action.Length + constants.Length)
    {
        _action = action;
        _constants = constants;
        _ids = options.ElasticsearchIds ? new DocumentIds(random) : null;
    }

    /// <summary>
    /// By default an index accepts paths of 20 parts and 1000 fields, where a text may count as two; the extension's own fields count as
    /// well.
    /// </summary>
    /// Source: <see href="https://www.elastic.co/guide/en/elasticsearch/reference/current/mapping-settings-limit.html"/>
    protected override AttributeRules AttributeRules { get; } =
        new() { Keys = KeyRule.Elasticsearch, DepthMax = 16, FieldsMax = 256, LongsOnly = true };

    /// <inheritdoc/>
    protected override ReadOnlySpan<byte> MessageName => ",\"message\":\""u8;

    static ReadOnlySpan<byte> AttributesName => ",\"attributes\":"u8;

    /// <inheritdoc/>
    public override int ResponseBytesMax(int status, bool isJson) => status is >= 200 and < 300 ? ElasticsearchResponse.BytesMax : 0;

    /// <inheritdoc/>
    public override PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => ElasticsearchResponse.Read(body);

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + _action.Length + _constants.Length + record.Time.Length
        + record.Message.Length + record.LogType.Length + record.RequestId.Length + record.Attributes.Length
        + RecordContext.MaxSize(in record);

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        writer.Add(_action);
        if (_ids is not null)
            WriteId(in record, ref writer);
        writer.Add("}}\n{\"@timestamp\":\""u8);
        IsoTime.Write(record.Time, ref writer);
        writer.Add("\",\"log\":{\"level\":\""u8);
        writer.Add(record.Level.Name());
        writer.Add("\"},\"event\":{\"dataset\":\"aws.lambda\",\"action\":\""u8);
        writer.Add(record.LogType);
        writer.Add("\"}"u8);
        writer.Add(_constants);
        writer.AddOptional(",\"execution\":\""u8, record.RequestId);
        writer.AddFlag(record.ColdStart, ",\"coldstart\":true"u8, ",\"coldstart\":false"u8);
        writer.Add("}"u8);
        if (!record.Context.IsEmpty)
        {
            writer.Add(",\"aws\":{\"lambda\":{"u8);
            writer.Add(record.Context);
            writer.Add("}}"u8);
        }

        WriteTrace(in record, ref writer);
        if (record.Snapshot)
            writer.Add(",\"tags\":[\"snapshot\"]"u8);
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
        body[length] = (byte)'\n';
        return 1;
    }

    /// <inheritdoc/>
    protected override Range AttributesIn(ReadOnlySpan<byte> rest) => After(AttributesName, rest, brackets: 1);

    void WriteId(in LogRecord record, ref SpanWriter writer)
    {
        _ids!.Write(in record, writer.Remaining);
        writer.Advance(DocumentIds.Size);
        writer.Add("\""u8);
    }

    static void WriteTrace(in LogRecord record, ref SpanWriter writer)
    {
        Span<byte> id = stackalloc byte[TraceIds.Size];
        if (TraceIds.TryWrite(record.TraceId, id))
            writer.AddOptional(",\"trace\":{\"id\":\""u8, id, "}"u8);
        if (TraceIds.TryWriteSpan(record.SpanId, id))
            writer.AddOptional(",\"span\":{\"id\":\""u8, id[..TraceIds.SpanSize], "}"u8);
    }

    static byte[] Action(FormatOptions options)
    {
        var action = new ConstantText().Raw("{\"create\":{"u8);
        if (options.ElasticsearchIndex is { } index)
            action.Raw("\"_index\":\""u8).Text(index).Raw(options.ElasticsearchIds ? "\","u8 : "\""u8);
        return (options.ElasticsearchIds ? action.Raw("\"_id\":\""u8) : action).ToArray();
    }

    static byte[] Constants(FormatOptions options, FunctionIdentity identity)
    {
        var constants = new ConstantText()
            .Raw(",\"cloud\":{\"provider\":\"aws\",\"service\":{\"name\":\"lambda\"}"u8).Member("region", identity.Region)
            .Raw("},\"service\":{\"name\":\""u8).Text(options.ServiceNameFor(identity)).Raw("\"}"u8);
        if (identity.Architecture.Length > 0)
            constants.Raw(",\"host\":{\"architecture\":\""u8).Text(identity.Architecture).Raw("\"}"u8);
        if (options.Fields.Count > 0)
            constants.Raw(",\"labels\":"u8).Object(options.Fields);
        return constants.Raw(",\"faas\":{\"name\":\""u8).Text(identity.Name).Raw("\""u8).Member("version", identity.Version).ToArray();
    }
}
