using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Makes records of lines that functions and extensions wrote: text, objects, and text that is JSON. The reader's thread.
/// </summary>
/// <param name="sink">Takes the records.</param>
/// <param name="invocations">Tells whose line it is.</param>
/// <param name="snapshot">Tells whether it is of a snapshot.</param>
/// <param name="parseJson">Whether text that is JSON is read as fields.</param>
internal sealed class LineReader(IRecordSink sink, Invocations invocations, SnapshotMark snapshot, bool parseJson)
{
    /// <summary>Longest text that is tried as JSON. Lambda's lines end at 256 KiB.</summary>
    const int JsonTextMax = 1024 * 1024;

    /// <summary>Longest label of an error, with what parts it from the error.</summary>
    const int LabelMax = 64;

    readonly Scratch _text = new();
    readonly Scratch _message = new();
    readonly Scratch _attributes = new();
    long _ownLines;

    /// <summary>How many lines of our own were left out: a line about a line would never end. Any thread.</summary>
    public long OwnLines => Volatile.Read(ref _ownLines);

    /// <summary>A space and a tab, as they stand in the inside of a JSON string, between a label and its error.</summary>
    static ReadOnlySpan<byte> LabelEnd => " \\t"u8;

    /// <summary>What our own lines begin with, see Diagnostics.</summary>
    static ReadOnlySpan<byte> OwnPrefix => "[EXTENSION] "u8;

    /// <summary>What our own metrics begin with, see Diagnostics, as the inside of a JSON string.</summary>
    static ReadOnlySpan<byte> OwnMetrics =>
        """{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"LogsHttpDestination\","""u8;

    /// <summary>What our own metrics begin with where they come back as an object.</summary>
    static ReadOnlySpan<byte> OwnMetricsObject =>
        """{"_aws":{"CloudWatchMetrics":[{"Namespace":"LogsHttpDestination","""u8;

    /// <summary>Hands on a line.</summary>
    /// <param name="line">Where it is from.</param>
    /// <param name="record">Any JSON value, valid and flat.</param>
    public void Read(in Line line, ReadOnlySpan<byte> record)
    {
        if (record[0] == '"')
            ReadText(in line, JsonText.TrimFinalNewline(record[1..^1]));
        else if (record[0] == '{')
            AddObject(in line, record, default, default);
        else
            AddText(in line, LogLevel.Info, Quote(record), default);
    }

    /// <summary>Hands on what could not be read, as text and as a warning.</summary>
    /// <param name="line">Where it is from, as far as that could be read.</param>
    /// <param name="text">Any bytes.</param>
    public void AddUnreadable(in Line line, ReadOnlySpan<byte> text) => AddText(in line, LogLevel.Warn, Quote(text), default);

    /// <summary>Gives up buffers that are unusually large.</summary>
    public void Trim()
    {
        _text.Trim();
        _message.Trim();
        _attributes.Trim();
    }

    void ReadText(in Line line, ReadOnlySpan<byte> text)
    {
        if (EventTypes.IsExtension(line.Type) && (text.StartsWith(OwnPrefix) || text.StartsWith(OwnMetrics)))
        {
            Volatile.Write(ref _ownLines, _ownLines + 1);
            return;
        }

        var prefix = LinePrefix.Read(text);
        var mayBeJson = parseJson && !text.IsEmpty && text[^1] == '}';
        if (mayBeJson && TryAddJsonText(in line, text[prefix.End..], prefix))
            return;

        AddText(in line, prefix.Level, text, prefix.RequestId, isText: true);
    }

    /// <summary>Reads a text, or what follows its prefix, as an object.</summary>
    /// <returns>False where it is none.</returns>
    bool TryAddJsonText(in Line line, ReadOnlySpan<byte> text, in LinePrefix prefix)
    {
        var label = prefix.HasLevel ? LabelOf(text) : default;
        var raw = label.IsEmpty ? text : text[(label.Length + LabelEnd.Length)..];
        if (raw.IsEmpty || raw[0] != '{' || raw.Length > JsonTextMax)
            return false;

        var json = _text.Take(raw.Length);
        json = json[..JsonText.Unescape(raw, json)];
        var scanner = new JsonScanner(json);
        if (!scanner.SkipValue() || scanner.Position < json.Length)
            return false;

        if (scanner.SawLoneSurrogate)
            JsonRepair.ReplaceLoneSurrogates(json);
        if (scanner.SawLineBreak)
            JsonRepair.FlattenWhitespace(json);
        AddObject(in line, json, in prefix, label);
        return true;
    }

    /// <summary>
    /// What Node's runtime says of an error before it shows it as an object: <c>Invoke Error \t{…}</c>, <c>Uncaught Exception \t{…}</c>.
    /// </summary>
    /// <returns>Empty: there is none.</returns>
    static ReadOnlySpan<byte> LabelOf(ReadOnlySpan<byte> text)
    {
        var head = text.Length > LabelMax ? text[..LabelMax] : text;
        var end = head.IndexOf((byte)'\\') - 1;
        return end > 0 && text[0] != '{' && text[end..].StartsWith(LabelEnd) ? text[..end] : default;
    }

    void AddText(in Line line, LogLevel level, ReadOnlySpan<byte> message, ReadOnlySpan<byte> requestId, bool isText = false)
    {
        var attribution = invocations.Of(requestId, line.Time);
        sink.Add(new LogRecord
        {
            Time = line.Time,
            Level = level,
            Message = message,
            LogType = line.Type,
            RequestId = attribution.RequestId,
            TraceId = attribution.TraceId,
            SpanId = attribution.SpanId,
            ColdStart = attribution.ColdStart,
            Snapshot = snapshot.Covers(line.Time),
            IsText = isText,
        });
    }

    /// <param name="line">Where it is from.</param>
    /// <param name="json">The object, valid and flat.</param>
    /// <param name="prefix">What stood before it; speaks where the object does not.</param>
    /// <param name="label">What the message begins with; or empty.</param>
    void AddObject(in Line line, ReadOnlySpan<byte> json, in LinePrefix prefix, ReadOnlySpan<byte> label)
    {
        if (EventTypes.IsExtension(line.Type) && json.StartsWith(OwnMetricsObject))
        {
            Volatile.Write(ref _ownLines, _ownLines + 1);
            return;
        }

        var fields = ObjectFields.Read(json);
        var rest = _attributes.Take(json.Length + 1);
        rest = rest[..fields.WriteRest(json, rest)];
        var attribution = invocations.Of(fields.RequestId.IsEmpty ? prefix.RequestId : fields.RequestId, line.Time);
        sink.Add(new LogRecord
        {
            Time = !fields.Time.IsEmpty ? fields.Time : !prefix.Time.IsEmpty ? prefix.Time : line.Time,
            Level = !fields.HasLevel && prefix.HasLevel ? prefix.Level : fields.Level,
            Message = MessageOf(label, fields.Message.IsEmpty ? json : fields.Message),
            LogType = line.Type,
            RequestId = attribution.RequestId,
            TraceId = fields.TraceId.IsEmpty ? attribution.TraceId : fields.TraceId,
            SpanId = fields.TraceId.IsEmpty || fields.TraceId.SequenceEqual(attribution.TraceId) ? attribution.SpanId : default,
            ColdStart = attribution.ColdStart,
            Snapshot = snapshot.Covers(line.Time),
            Attributes = rest,
        });
    }

    ReadOnlySpan<byte> MessageOf(ReadOnlySpan<byte> label, ReadOnlySpan<byte> value)
    {
        var isText = value[0] == '"';
        if (label.IsEmpty)
            return isText ? value[1..^1] : Quote(value);

        var message = _message.Take(label.Length + ": "u8.Length + JsonText.EscapedMax(value));
        label.CopyTo(message);
        ": "u8.CopyTo(message[label.Length..]);
        var written = label.Length + ": "u8.Length;
        if (isText)
            value[1..^1].CopyTo(message[written..]);
        written += isText ? value.Length - 2 : JsonText.Escape(value, message[written..]);
        return message[..written];
    }

    /// <summary>Any text as the inside of a JSON string.</summary>
    ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> text)
    {
        var message = _message.Take(JsonText.EscapedMax(text));
        return message[..JsonText.Escape(text, message)];
    }
}
