using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// What an object record says in fields that loggers agree on: message, level, time, request id, trace. Of several names for the same the
/// first of a fixed order counts, and the first member of that name; a value that is not understood does not count. What was taken is
/// left out of the attributes, everything else stays in them, raw.
/// </summary>
internal ref struct ObjectFields
{
    enum Role
    {
        None,
        Message,
        Level,
        Time,
        RequestId,
        TraceId,
    }

    /// <summary>Where a taken member is. A rank of zero: none was taken; else the lower the better.</summary>
    record struct Member(int Rank, int Start, int End);

    Member _message;
    Member _level;
    Member _time;
    Member _requestId;
    Member _traceId;

    /// <summary>The value of the message's member, raw. Empty: there is none.</summary>
    public ReadOnlySpan<byte> Message { get; private set; }

    /// <summary>The level; INFO where there is none.</summary>
    public LogLevel Level { get; private set; }

    /// <summary>Whether there is a level.</summary>
    public readonly bool HasLevel => _level.Rank > 0;

    /// <summary>The record's own time, valid. Empty: there is none.</summary>
    public ReadOnlySpan<byte> Time { get; private set; }

    /// <summary>The request id. Empty: there is none.</summary>
    public ReadOnlySpan<byte> RequestId { get; private set; }

    /// <summary>The X-Ray trace's root id. Empty: there is none.</summary>
    public ReadOnlySpan<byte> TraceId { get; private set; }

    /// <summary>Reads the fields of an object.</summary>
    /// <param name="json">A valid object.</param>
    public static ObjectFields Read(ReadOnlySpan<byte> json)
    {
        var fields = new ObjectFields { Level = LogLevel.Info };
        var members = new ObjectWalker(json);
        while (members.Next())
        {
            var (role, rank) = RoleOf(members.Name);
            if (role != Role.None)
                fields.Take(role, new Member(rank, members.Start, members.End), members.Value);
        }

        return fields;
    }

    /// <summary>Writes the object without the members that were taken.</summary>
    /// <param name="json">The object that was read.</param>
    /// <param name="destination">At least as long as the object, plus one byte.</param>
    /// <returns>How many bytes were written; zero where nothing is left.</returns>
    public readonly int WriteRest(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        Span<Member> taken = [_message, _level, _time, _requestId, _traceId];
        Sort(taken);
        var from = json.IndexOf((byte)'{') + 1;
        var written = 0;
        foreach (var member in taken)
        {
            if (member.Rank == 0)
                continue;

            written = Append(json[from..member.Start], destination, written);
            from = member.End;
        }

        written = Append(json[from..json.LastIndexOf((byte)'}')], destination, written);
        if (written > 0)
            destination[written++] = (byte)'}';
        return written;
    }

    void Take(Role role, Member member, ReadOnlySpan<byte> value)
    {
        var text = ObjectWalker.Text(value);
        switch (role)
        {
            case Role.Message when IsBetter(member, _message):
                _message = member;
                Message = value;
                break;
            case Role.Level when IsBetter(member, _level) && TryReadLevel(value, out var level):
                _level = member;
                Level = level;
                break;
            case Role.Time when IsBetter(member, _time) && Rfc3339.IsValid(text):
                _time = member;
                Time = text;
                break;
            case Role.RequestId when IsBetter(member, _requestId) && IsName(text):
                _requestId = member;
                RequestId = text;
                break;
            case Role.TraceId:
                TakeTrace(member, text);
                break;
            default:
                break;
        }
    }

    /// <summary>A header with more than the root says more than the trace id: its member stays in the attributes.</summary>
    void TakeTrace(Member member, ReadOnlySpan<byte> header)
    {
        var root = TraceHeader.Root(header);
        if (root.IsEmpty || !TraceId.IsEmpty)
            return;

        TraceId = root;
        if (header.Length == root.Length || header.Length == root.Length + "Root="u8.Length)
            _traceId = member;
    }

    static bool IsBetter(Member member, Member taken) => taken.Rank == 0 || member.Rank < taken.Rank;

    static bool TryReadLevel(ReadOnlySpan<byte> value, out LogLevel level)
    {
        if (value[0] != '"')
            return LevelNames.TryParseNumber(value, out level);

        var name = ObjectWalker.Text(value);

        // Java's runtime writes UNDEFINED for lines that were written without a level.
        return LevelNames.TryParse(name, out level) || name.SequenceEqual("UNDEFINED"u8);
    }

    static bool IsName(ReadOnlySpan<byte> text) => text.Length is > 0 and <= LogRecord.NameBytesMax && !HeadWord.IsNoId(text);

    static (Role, int Rank) RoleOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("msg"u8) => (Role.Message, 2),
        3 when name.SequenceEqual("lvl"u8) => (Role.Level, 5),
        4 when name.SequenceEqual("time"u8) => (Role.Time, 2),
        5 when name.SequenceEqual("level"u8) => (Role.Level, 1),
        7 when name.SequenceEqual("message"u8) => (Role.Message, 1),
        7 when name.SequenceEqual("traceId"u8) => (Role.TraceId, 1),
        8 when name.SequenceEqual("severity"u8) => (Role.Level, 3),
        9 when name.SequenceEqual("timestamp"u8) => (Role.Time, 1),
        9 when name.SequenceEqual("requestId"u8) => (Role.RequestId, 1),
        9 when name.SequenceEqual("log_level"u8) => (Role.Level, 2),
        9 when name.SequenceEqual("levelname"u8) => (Role.Level, 4),
        10 when name.SequenceEqual("@timestamp"u8) => (Role.Time, 3),
        12 when name.SequenceEqual("errorMessage"u8) => (Role.Message, 3),
        12 when name.SequenceEqual("AWSRequestId"u8) => (Role.RequestId, 2),
        12 when name.SequenceEqual("awsRequestId"u8) => (Role.RequestId, 5),
        13 when name.SequenceEqual("xray_trace_id"u8) => (Role.TraceId, 2),
        14 when name.SequenceEqual("aws_request_id"u8) => (Role.RequestId, 3),
        19 when name.SequenceEqual("function_request_id"u8) => (Role.RequestId, 4),
        _ => (Role.None, 0),
    };

    /// <summary>Appends members, without what parts them from those around them.</summary>
    static int Append(ReadOnlySpan<byte> members, Span<byte> destination, int written)
    {
        // A raw member begins and ends with a quote, a bracket, a letter or a digit; only what parts members is trimmed.
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
