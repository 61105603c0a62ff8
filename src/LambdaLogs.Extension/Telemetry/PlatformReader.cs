using System.Buffers.Text;
using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Makes records of platform events and of events of types nobody knows, and notes what the lifecycle wants of them. The reader's thread.
/// </summary>
/// <param name="sink">Takes the records.</param>
/// <param name="invocations">Learns of starts.</param>
/// <param name="snapshot">Learns of snapshots.</param>
/// <param name="post">Takes the signals.</param>
internal sealed class PlatformReader(IRecordSink sink, Invocations invocations, SnapshotMark snapshot, PostSignals post)
{
    const int SignalTextMax = 512;

    readonly Scratch _message = new();
    readonly Scratch _report = new();

    /// <summary>Hands on an event.</summary>
    /// <param name="line">Its type and time.</param>
    /// <param name="whole">The whole event, valid and flat.</param>
    /// <param name="record">Its record; any value, or empty.</param>
    public void Read(in Line line, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> record)
    {
        var kind = EventTypes.KindOf(line.Type);
        var status = EventTypes.StatusOf(ObjectWalker.FindText(record, "status"u8));
        var requestId = RequestIdOf(record);
        if (kind == EventKind.Start)
            NoteStart(record, line.Time);
        else if (kind == EventKind.RuntimeDone)
            invocations.NoteEnd(line.Time);
        snapshot.Note(kind, ObjectWalker.FindText(record, "initializationType"u8), line.Time);
        NoteSignal(kind, status, requestId, record);

        // Events without an id are of no invocation: what initialises an environment is not attributed by its time.
        var attribution = requestId.IsEmpty ? default : invocations.Of(requestId, line.Time);
        var message = _message.Take(PlatformMessage.MaxSize(line.Type, record));
        sink.Add(new LogRecord
        {
            Time = line.Time,
            Level = LevelOf(kind, status, ObjectWalker.FindText(record, "errorType"u8)),
            Message = message[..PlatformMessage.Write(kind, line.Type, record, message)],
            LogType = line.Type,
            RequestId = requestId,
            TraceId = attribution.TraceId.IsEmpty ? TraceHeader.Root(TracingOf(record)) : attribution.TraceId,
            SpanId = attribution.TraceId.IsEmpty ? TraceHeader.Parent(TracingOf(record)) : attribution.SpanId,
            Context = attribution.Context,
            ColdStart = attribution.ColdStart,
            Snapshot = snapshot.Covers(line.Time),
            Attributes = kind == EventKind.Report ? Completed(whole, attribution.ColdStart) : whole,
            Kind = kind,
            Status = status,
        });
    }

    /// <summary>Notes a start before its turn: lines that overtook it are of its invocation all the same.</summary>
    /// <param name="record">The record of a <c>platform.start</c>; any value.</param>
    /// <param name="time">When it started; a valid time.</param>
    public void NoteStart(ReadOnlySpan<byte> record, ReadOnlySpan<byte> time)
    {
        var tracing = TracingOf(record);
        var requestId = ObjectWalker.FindText(record, "requestId"u8);
        invocations.Note(requestId, TraceHeader.Root(tracing), TraceHeader.Parent(tracing), time);
        invocations.NoteTenant(requestId, ObjectWalker.FindText(record, "tenantId"u8));
    }

    /// <summary>Gives up buffers that are unusually large.</summary>
    public void Trim()
    {
        _message.Trim();
        _report.Trim();
    }

    /// <summary>The event of a report, with what can be reckoned of its metrics.</summary>
    ReadOnlySpan<byte> Completed(ReadOnlySpan<byte> whole, bool? coldStart)
    {
        var report = _report.Take(whole.Length + ReportMetrics.AddedMax);
        var length = ReportMetrics.Complete(whole, coldStart, report);
        return length == 0 ? whole : report[..length];
    }

    /// <summary>The event's invocation; the older API names it in a text: <c>RequestId: &lt;id&gt; Process exited …</c></summary>
    static ReadOnlySpan<byte> RequestIdOf(ReadOnlySpan<byte> record)
    {
        var text = ObjectWalker.Text(record);
        if (text.IsEmpty)
            return ObjectWalker.FindText(record, "requestId"u8) is { Length: <= LogRecord.NameBytesMax } requestId ? requestId : default;

        var words = new HeadWords(text);
        var isNamed = words.Next() && words.Word.SequenceEqual("RequestId:"u8) && words.Next() && HeadWord.IsRequestId(words.Word);
        return isNamed ? words.Word : default;
    }

    static LogLevel LevelOf(EventKind kind, PlatformStatus status, ReadOnlySpan<byte> errorType) => (kind, status) switch
    {
        (EventKind.Fault, _) => LogLevel.Error,
        (EventKind.LogsDropped, _) => LogLevel.Warn,
        (EventKind.ExtensionState, _) when !errorType.IsEmpty => LogLevel.Error,
        (_, PlatformStatus.Error or PlatformStatus.Failure or PlatformStatus.Timeout) => LogLevel.Error,
        (_, PlatformStatus.Other) => LogLevel.Warn,
        _ => LogLevel.Info,
    };

    void NoteSignal(EventKind kind, PlatformStatus status, ReadOnlySpan<byte> requestId, ReadOnlySpan<byte> record)
    {
        switch (kind)
        {
            case EventKind.RuntimeDone:
                var errorType = NullableTextOf(record, "errorType"u8);
                post.Ended(new RuntimeDone(TextOf(requestId), status, errorType, DurationOf(record)));
                break;
            case EventKind.Report:
                post.Reports.Add(new InvocationReport(TextOf(requestId), status));
                break;
            case EventKind.LogsDropped:
                post.Dropped(CountOf(record, "droppedRecords"u8), CountOf(record, "droppedBytes"u8));
                break;
            case EventKind.InitStart:
                post.InitStart = new InitStart(
                    TextOf(ObjectWalker.FindText(record, "initializationType"u8)),
                    TextOf(ObjectWalker.FindText(record, "phase"u8)),
                    NullableTextOf(record, "instanceId"u8));
                break;
            case EventKind.RestoreStart:
                post.RestoreStarts++;
                break;
            default:
                break;
        }
    }

    /// <summary>The trace header of an event.</summary>
    static ReadOnlySpan<byte> TracingOf(ReadOnlySpan<byte> record) =>
        ObjectWalker.FindText(ObjectWalker.Find(record, "tracing"u8), "value"u8);

    static string? NullableTextOf(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name)
    {
        var text = ObjectWalker.FindText(record, name);
        return text.IsEmpty ? null : TextOf(text);
    }

    /// <summary>A short text, as all of the platform's are. What is longer was made up, and would be remembered.</summary>
    static string TextOf(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > SignalTextMax)
            return "";
        if (!raw.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(raw);

        var text = new byte[raw.Length];
        return Encoding.UTF8.GetString(text.AsSpan(0, JsonText.Unescape(raw, text)));
    }

    /// <summary>A number that counts; zero where it is none.</summary>
    static long CountOf(ReadOnlySpan<byte> record, ReadOnlySpan<byte> name)
    {
        var number = ObjectWalker.FindNumber(record, name);
        return Utf8Parser.TryParse(number, out long count, out var used) && used == number.Length && count > 0 ? count : 0;
    }

    static TimeSpan? DurationOf(ReadOnlySpan<byte> record)
    {
        var number = ObjectWalker.FindNumber(ObjectWalker.Find(record, "metrics"u8), "durationMs"u8);
        var isSane = Utf8Parser.TryParse(number, out double milliseconds, out _) && milliseconds is >= 0 and < 1e12;
        return isSane ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
