using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Makes records of lines that are objects. The reader's thread.</summary>
/// <param name="sink">Takes the records.</param>
/// <param name="invocations">Tells whose line it is, and learns of durable executions.</param>
/// <param name="snapshot">Tells whether it is of a snapshot.</param>
/// <param name="parseJson">Whether text that is JSON is read as fields.</param>
internal sealed class ObjectReader(IRecordSink sink, Invocations invocations, SnapshotMark snapshot, bool parseJson)
{
    readonly Scratch _inner = new();
    readonly Scratch _message = new();
    readonly Scratch _attributes = new();
    readonly Scratch _context = new();

    /// <summary>Gives up buffers that are unusually large.</summary>
    public void Trim()
    {
        _inner.Trim();
        _message.Trim();
        _attributes.Trim();
    }

    /// <summary>Hands on a line.</summary>
    /// <param name="line">Where it is from.</param>
    /// <param name="json">The object, valid and flat.</param>
    /// <param name="prefix">What stood before it; speaks where the object does not.</param>
    /// <param name="label">What the message begins with; or empty.</param>
    public void Add(in Line line, ReadOnlySpan<byte> json, in LinePrefix prefix, ReadOnlySpan<byte> label)
    {
        var fields = ObjectFields.Read(json, line.Time, invocations);
        var rest = _attributes.Take((2 * json.Length) + 2);
        var written = fields.WriteRest(json, rest);
        if (InnerOf(fields.Message, isAlone: written == 0) is { IsEmpty: false } inner)
            Adopt(ref fields, inner, in line, rest, ref written);
        if (written > 0)
            rest[written++] = (byte)'}';

        var attribution = Attribute(in line, in prefix, in fields);
        var (level, origin) = LevelOf(in fields, in prefix, isBare: written == 0);
        var before = !prefix.Time.IsEmpty && Rfc3339.IsNear(prefix.Time, line.Time) ? prefix.Time : line.Time;
        sink.Add(new LogRecord
        {
            Time = fields.Time.IsEmpty ? before : fields.Time,
            Level = level,
            LevelOrigin = origin,
            Message = MessageOf(label, fields.Message, json, rest[..written]),
            LogType = line.Type,
            RequestId = attribution.RequestId,
            TraceId = fields.TraceId.IsEmpty ? attribution.TraceId : fields.TraceId,
            SpanId = SpanOf(in fields, in attribution),
            ColdStart = attribution.ColdStart,
            Snapshot = snapshot.Covers(line.Time),
            Context = fields.Execution.IsEmpty ? attribution.Context : WithOperation(attribution.Context, in fields),
            Attributes = rest[..written],
        });
    }

    /// <summary>Writes any text as the inside of a JSON string; valid until the next call.</summary>
    public ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> text)
    {
        var message = _message.Take(JsonText.EscapedMax(text));
        return message[..JsonText.Escape(text, message)];
    }

    /// <summary>
    /// The object that the message is: what a function hands to <c>console.log</c> is the record in Lambda's JSON format, and so is the
    /// JSON text that it hands there, where nothing but the format's own fields stands around it.
    /// </summary>
    ReadOnlySpan<byte> InnerOf(ReadOnlySpan<byte> message, bool isAlone)
    {
        if (message.IsEmpty || message[0] == '{')
            return message;

        if (!parseJson || !isAlone || message.Length < 4 || message[0] != '"' || message[1] != '{' || message[^2] != '}')
            return default;

        var json = _inner.Take(message.Length);
        json = json[..JsonText.Unescape(message[1..^1], json)];
        return JsonRepair.TryFlatten(json) ? json : default;
    }

    /// <summary>Takes the fields of the object that is the message, if it has a message itself; else it stays as it is.</summary>
    void Adopt(ref ObjectFields fields, ReadOnlySpan<byte> inner, in Line line, Span<byte> rest, ref int written)
    {
        var own = ObjectFields.Read(inner, line.Time, invocations);
        if (!own.Message.IsEmpty)
            written = own.WriteRest(inner, rest, written);
        fields.Adopt(in own);
    }

    Attribution Attribute(in Line line, in LinePrefix prefix, in ObjectFields fields)
    {
        var own = fields.RequestId;
        if (own.IsEmpty && invocations.MayOwn(prefix.RequestId, line.Time))
            own = prefix.RequestId;

        var attribution = invocations.Of(own, line.Time);
        if (fields.Execution.IsEmpty)
            return attribution;

        invocations.NoteExecution(attribution.RequestId, fields.Execution);
        return invocations.Of(own, line.Time);
    }

    /// <summary>
    /// What the object says, else what stood before it, else what the text of its message begins with: <c>Console.WriteLine</c> and
    /// <c>console.log</c> write the lines of other loggers as information.
    /// </summary>
    static (LogLevel, LevelOrigin) LevelOf(in ObjectFields fields, in LinePrefix prefix, bool isBare)
    {
        if (fields.IsLevelUnclear)
            return prefix.HasLevel ? (prefix.Level, LevelOrigin.Named) : (LogLevel.Info, LevelOrigin.Unclear);

        if (!fields.HasLevel && prefix.HasLevel)
            return (prefix.Level, LevelOrigin.Named);

        var level = fields.Level;
        if (isBare && level == LogLevel.Info && fields.Message is [(byte)'"', ..])
            level = LinePrefix.LevelWithin(fields.Message[1..^1]);
        return (level, fields.HasLevel || level != fields.Level ? LevelOrigin.Named : LevelOrigin.Assumed);
    }

    static ReadOnlySpan<byte> SpanOf(in ObjectFields fields, in Attribution attribution)
    {
        if (!fields.SpanId.IsEmpty)
            return fields.SpanId;

        return fields.TraceId.IsEmpty || fields.TraceId.SequenceEqual(attribution.TraceId) ? attribution.SpanId : default;
    }

    /// <summary>What is known of the invocation, and which operation of its execution the line is of.</summary>
    ReadOnlySpan<byte> WithOperation(ReadOnlySpan<byte> context, in ObjectFields fields)
    {
        if (fields.Operation.IsEmpty && fields.Attempt.IsEmpty)
            return context;

        var members = _context.Take(context.Length + fields.Operation.Length + fields.Attempt.Length + 64);
        context.CopyTo(members);
        var written = context.Length;
        written = AddMember(",\"operation\":"u8, fields.Operation, members, written);
        written = AddMember(",\"attempt\":"u8, fields.Attempt, members, written);
        return context.IsEmpty ? members[1..written] : members[..written];
    }

    static int AddMember(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Span<byte> members, int written)
    {
        if (value.IsEmpty)
            return written;

        name.CopyTo(members[written..]);
        value.CopyTo(members[(written + name.Length)..]);
        return written + name.Length + value.Length;
    }

    ReadOnlySpan<byte> MessageOf(ReadOnlySpan<byte> label, ReadOnlySpan<byte> value, ReadOnlySpan<byte> json, ReadOnlySpan<byte> rest)
    {
        // What has no message is not sent twice: the attributes have it all.
        if (value.IsEmpty && !rest.IsEmpty)
            return ShortMessage(label, rest);

        value = value.IsEmpty ? json : value;
        var isText = value[0] == '"';
        if (label.IsEmpty)
            return isText ? value[1..^1] : Quote(value);

        var message = _message.Take(label.Length + LabelGap.Length + JsonText.EscapedMax(value));
        var written = WriteLabel(label, message);
        if (isText)
            value[1..^1].CopyTo(message[written..]);
        written += isText ? value.Length - 2 : JsonText.Escape(value, message[written..]);
        return message[..written];
    }

    ReadOnlySpan<byte> ShortMessage(ReadOnlySpan<byte> label, ReadOnlySpan<byte> rest)
    {
        var message = _message.Take(label.Length + LabelGap.Length + (2 * ShortText.BytesMax));
        var written = label.IsEmpty ? 0 : WriteLabel(label, message);
        return message[..(written + ShortText.Write(rest, message[written..]))];
    }

    static ReadOnlySpan<byte> LabelGap => ": "u8;

    static int WriteLabel(ReadOnlySpan<byte> label, Span<byte> message)
    {
        label.CopyTo(message);
        LabelGap.CopyTo(message[label.Length..]);
        return label.Length + LabelGap.Length;
    }
}
