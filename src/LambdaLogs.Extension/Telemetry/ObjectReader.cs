using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Creates records from lines that are objects. Guarded by the lock of <see cref="TelemetryReader"/>.</summary>
/// <param name="sink">Receives the records.</param>
/// <param name="invocations">Maps lines to invocations, and learns about durable executions.</param>
/// <param name="snapshot">Recognises records of a snapshot.</param>
/// <param name="parseJson">Whether text that is JSON is parsed into fields.</param>
internal sealed class ObjectReader(IRecordSink sink, InvocationTracker invocations, SnapshotTracker snapshot, bool parseJson)
{
    readonly Scratch _inner = new();
    readonly Scratch _message = new();
    readonly Scratch _attributes = new();
    readonly Scratch _context = new();

    /// <summary>Releases unusually large buffers.</summary>
    public void Trim()
    {
        _inner.Trim();
        _message.Trim();
        _attributes.Trim();
    }

    /// <summary>Processes a line.</summary>
    /// <param name="line">The line's envelope.</param>
    /// <param name="json">The object, valid and flat.</param>
    /// <param name="prefix">The prefix before it, used for values that the object does not have.</param>
    /// <param name="label">The start of the message; or empty.</param>
    public void Add(in LineEnvelope line, ReadOnlySpan<byte> json, in LinePrefix prefix, ReadOnlySpan<byte> label)
    {
        var fields = ObjectFields.Read(json, line.Time, invocations);
        var rest = _attributes.Take((2 * json.Length) + 2);
        var written = fields.WriteRest(json, rest);
        if (InnerOf(fields.Message, isAlone: written == 0) is { IsEmpty: false } inner)
            TakeInnerFields(ref fields, inner, in line, rest, ref written);
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
            Snapshot = snapshot.Contains(line.Time),
            Context = fields.Execution.IsEmpty ? attribution.Context : WithOperation(attribution.Context, in fields),
            Attributes = rest[..written],
        });
    }

    /// <summary>Escapes any text as the inside of a JSON string; valid until the next call.</summary>
    public ReadOnlySpan<byte> Quote(ReadOnlySpan<byte> text)
    {
        var message = _message.Take(JsonText.EscapedMax(text));
        return message[..JsonText.Escape(text, message)];
    }

    /// <summary>
    /// Returns the object in the message: in Lambda's JSON format, what a function passes to <c>console.log</c> is the message, and so is
    /// a JSON text, if only the format's own fields are around it.
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

    /// <summary>Takes the fields of the object in the message, if it has a message itself; otherwise it is not changed.</summary>
    void TakeInnerFields(ref ObjectFields fields, ReadOnlySpan<byte> inner, in LineEnvelope line, Span<byte> rest, ref int written)
    {
        var own = ObjectFields.Read(inner, line.Time, invocations);
        if (!own.Message.IsEmpty)
            written = own.WriteRest(inner, rest, written);
        fields.TakeFrom(in own);
    }

    Attribution Attribute(in LineEnvelope line, in LinePrefix prefix, in ObjectFields fields)
    {
        var attribution = InvocationOf(in line, in prefix, in fields);
        if (fields.Execution.IsEmpty)
            return attribution;

        invocations.RecordExecution(attribution.RequestId, fields.Execution);
        return InvocationOf(in line, in prefix, in fields);
    }

    Attribution InvocationOf(in LineEnvelope line, in LinePrefix prefix, in ObjectFields fields) => fields.RequestId.IsEmpty
        ? invocations.OfLine(prefix.RequestId, line.Time)
        : invocations.Of(fields.RequestId, line.Time);

    /// <summary>
    /// The level of the object, else of the prefix, else of the text of its message: <c>Console.WriteLine</c> and <c>console.log</c> label
    /// the lines of other loggers as information.
    /// </summary>
    static (LogLevel, LevelOrigin) LevelOf(in ObjectFields fields, in LinePrefix prefix, bool isBare)
    {
        if (fields.IsLevelUnrecognized)
            return prefix.HasLevel ? (prefix.Level, LevelOrigin.Named) : (LogLevel.Info, LevelOrigin.Unrecognized);

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

    /// <summary>The context of the invocation, with the operation of the line.</summary>
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
        // An object without a message is not sent twice: the attributes contain it.
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
        var message = _message.Take(label.Length + LabelGap.Length + (2 * FallbackMessage.BytesMax));
        var written = label.IsEmpty ? 0 : WriteLabel(label, message);
        return message[..(written + FallbackMessage.Write(rest, message[written..]))];
    }

    static ReadOnlySpan<byte> LabelGap => ": "u8;

    static int WriteLabel(ReadOnlySpan<byte> label, Span<byte> message)
    {
        label.CopyTo(message);
        LabelGap.CopyTo(message[label.Length..]);
        return label.Length + LabelGap.Length;
    }
}
