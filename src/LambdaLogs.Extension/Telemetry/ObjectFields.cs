using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Finds message, level, time, request id and trace in an object by the field names that loggers use. If several names are present, a
/// fixed order decides; invalid values are ignored. Members that were found are removed from the attributes, all others stay, raw.
/// </summary>
internal ref partial struct ObjectFields
{
    /// <summary>A message in a nested object is preferred to texts from this rank on.</summary>
    const int WeakText = 13;

    /// <summary>The range of a found member. Rank zero: none; a lower rank takes precedence.</summary>
    record struct Member(int Rank, int Start, int End);

    Member _message;
    Member _level;
    Member _time;
    Member _requestId;
    Member _traceId;
    Member _spanId;
    Member _tenant;
    Member _unclear;
    int _operationRank;
    bool _isPython;
    bool _isNumbered;
    bool _isDatadog;
    LogLevel? _status;
    bool _mayBePython;
    ReadOnlySpan<byte> _number;
    ReadOnlySpan<byte> _holder;
    ReadOnlySpan<byte> _otherHolder;
    ReadOnlySpan<byte> _span;

    /// <summary>The raw value of the message. Empty: none.</summary>
    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>The level; INFO if there is none, ERROR for the object of an error.</summary>
    public LogLevel Level { get; private set; }

    /// <summary>Whether there is a valid level.</summary>
    public bool HasLevel { get; private set; }

    /// <summary>Whether there is a level field, but no valid value.</summary>
    public readonly bool IsLevelUnrecognized => !HasLevel && _unclear.Rank > 0;

    /// <summary>The record's own time, valid and near the platform's. Empty: none.</summary>
    public ReadOnlySpan<byte> Time { get; private set; }

    /// <summary>The request id of a known invocation. Empty: none.</summary>
    public ReadOnlySpan<byte> RequestId { get; private set; }

    /// <summary>The root id of the X-Ray trace, or a 32-digit W3C trace id. Empty: none.</summary>
    public ReadOnlySpan<byte> TraceId { get; private set; }

    /// <summary>The span of the W3C trace. Empty: none.</summary>
    public ReadOnlySpan<byte> SpanId => TraceId.Length == TraceHeader.W3CLength ? _span : default;

    /// <summary>The raw ARN of the durable execution. Empty: none.</summary>
    public ReadOnlySpan<byte> Execution { get; private set; }

    /// <summary>The raw operation of the durable execution. Empty: none.</summary>
    public ReadOnlySpan<byte> Operation { get; private set; }

    /// <summary>The raw attempt of the operation. Empty: none.</summary>
    public ReadOnlySpan<byte> Attempt { get; private set; }

    /// <summary>Reads the fields of an object.</summary>
    /// <param name="json">A valid object.</param>
    /// <param name="time">The platform's time; valid.</param>
    /// <param name="invocations">Knows the request ids of invocations.</param>
    public static ObjectFields Read(ReadOnlySpan<byte> json, ReadOnlySpan<byte> time, InvocationTracker invocations)
    {
        var fields = new ObjectFields { Level = LogLevel.Info };
        var members = new ObjectWalker(json);
        while (members.Next())
        {
            var role = FieldRoles.Of(members.Name, out var rank, out var scale);
            if (role == FieldRole.None)
                continue;

            var member = new Member(rank, members.Start, members.End);
            if (role is FieldRole.Time or FieldRole.RequestId)
                fields.TakeAttribution(role, member, ObjectWalker.Text(members.Value), time, invocations);
            else if (role == FieldRole.Level)
                fields.TakeLevel(member, members.Value, scale);
            else
                fields.Take(role, member, members.Value, invocations);
        }

        fields.Complete(json);
        return fields;
    }

    /// <summary>Writes the object without the members that were found.</summary>
    /// <param name="json">The same object.</param>
    /// <param name="destination">At least as long as the object, plus one byte.</param>
    /// <param name="written">
    /// Number of bytes of another object's members already in the destination, without its closing bracket; or zero.
    /// </param>
    /// <returns>The number of bytes written, without the closing bracket; zero if nothing is left.</returns>
    public readonly int WriteRest(ReadOnlySpan<byte> json, Span<byte> destination, int written = 0)
    {
        Span<Member> taken = stackalloc Member[7];
        taken = taken[..Taken(taken)];
        Sort(taken);
        var from = json.IndexOf((byte)'{') + 1;
        foreach (var member in taken)
        {
            written = Append(json[from..member.Start], destination, written);
            from = member.End;
        }

        return Append(json[from..json.LastIndexOf((byte)'}')], destination, written);
    }

    /// <returns>How many members were taken.</returns>
    readonly int Taken(Span<Member> taken)
    {
        var count = 0;
        Add(_message, taken, ref count);
        Add(_level, taken, ref count);
        Add(_time, taken, ref count);
        Add(_requestId, taken, ref count);
        Add(_traceId, taken, ref count);
        Add(SpanMember, taken, ref count);
        Add(_tenant, taken, ref count);
        return count;

        static void Add(Member member, Span<Member> taken, ref int count)
        {
            if (member.End != 0)
                taken[count++] = member;
        }
    }

    readonly Member SpanMember => TraceId.Length == TraceHeader.W3CLength ? _spanId : default;

    void TakeAttribution(FieldRole role, Member member, ReadOnlySpan<byte> text, ReadOnlySpan<byte> time, InvocationTracker invocations)
    {
        if (role == FieldRole.Time)
        {
            if (!IsBetter(member, _time) || !Rfc3339.IsNear(text, time))
                return;

            _time = member;
            Time = text;
        }
        else if (IsBetter(member, _requestId) && invocations.IsOwnRequestId(text, time))
        {
            _requestId = member;
            RequestId = text;
        }
    }

    void Take(FieldRole role, Member member, ReadOnlySpan<byte> value, InvocationTracker invocations)
    {
        switch (role)
        {
            case FieldRole.Message when value[0] != 'n':
            case FieldRole.Text:
                TakeMessage(role, member, value);
                break;
            case FieldRole.Priority:
                if (LevelValue.TryRead(value, LevelScale.Syslog, out _))
                    TakeLevel(member, value, LevelScale.Syslog);
                break;
            case FieldRole.TraceId:
                TakeTrace(member, value[0] == '{' ? ObjectWalker.FindText(value, "id"u8) : ObjectWalker.Text(value), value[0] == '{');
                break;
            case FieldRole.SpanId:
                TakeSpan(member, value);
                break;
            case FieldRole.Tenant when invocations.IsTenant(ObjectWalker.Text(value)):
                _tenant = member;
                break;
            case FieldRole.Execution when Execution.IsEmpty && DurableArn.IsOne(ObjectWalker.Text(value)):
                Execution = ObjectWalker.Text(value);
                break;
            case FieldRole.Operation when value[0] == '"' && (_operationRank == 0 || member.Rank < _operationRank):
                Operation = value;
                _operationRank = member.Rank;
                break;
            case FieldRole.Attempt when value[0] == '"' || char.IsAsciiDigit((char)value[0]):
                Attempt = value;
                break;
            case FieldRole.NestedObject when value[0] == '{':
                _otherHolder = _holder.IsEmpty ? default : value;
                _holder = _holder.IsEmpty ? value : _holder;
                break;
            case FieldRole.PythonHint:
                _isPython = true;
                break;
            case FieldRole.DatadogHint:
                _isDatadog = true;
                break;
            case FieldRole.Status when LevelNames.TryParse(ObjectWalker.Text(value), out var status):
                _status = status;
                break;
            default:
                break;
        }
    }

    void TakeMessage(FieldRole role, Member member, ReadOnlySpan<byte> value)
    {
        if (!IsBetter(member, _message))
            return;

        if (role == FieldRole.Text && (value[0] != '"' || value.Length == 2))
            return;

        _message = member;
        Message = value;
    }

    /// <summary>A header that has more than the root contains more than the trace id: its member stays in the attributes.</summary>
    void TakeTrace(Member member, ReadOnlySpan<byte> text, bool isHeld)
    {
        if (TraceHeader.IsW3C(text) && TraceId.Length != TraceHeader.W3CLength)
        {
            TraceId = text;
            _traceId = isHeld ? default : member;
            return;
        }

        var root = TraceHeader.Root(text);
        if (root.IsEmpty || !TraceId.IsEmpty)
            return;

        TraceId = root;
        if (text.Length == root.Length || text.Length == root.Length + "Root="u8.Length)
            _traceId = member;
    }

    void TakeSpan(Member member, ReadOnlySpan<byte> value)
    {
        var text = value[0] == '{' ? ObjectWalker.FindText(value, "id"u8) : ObjectWalker.Text(value);
        if (!_span.IsEmpty || !TraceHeader.IsSpan(text))
            return;

        _span = text;
        _spanId = value[0] == '{' ? default : member;
    }

    static bool IsBetter(Member member, Member taken) => taken.Rank == 0 || member.Rank < taken.Rank;

    /// <summary>Appends members, without the separators around them.</summary>
    static int Append(ReadOnlySpan<byte> members, Span<byte> destination, int written)
    {
        // A raw member starts and ends with a quote, a bracket, a letter or a digit, so only separators are trimmed.
        members = members.Trim(", \t\r\n"u8);
        if (members.IsEmpty)
            return written;

        destination[written] = written == 0 ? (byte)'{' : (byte)',';
        members.CopyTo(destination[(written + 1)..]);
        return written + 1 + members.Length;
    }

    static void Sort(Span<Member> members)
    {
        for (var i = 1; i < members.Length; i++)
        {
            for (var j = i; j > 0 && members[j].Start < members[j - 1].Start; j--)
                (members[j], members[j - 1]) = (members[j - 1], members[j]);
        }
    }
}
