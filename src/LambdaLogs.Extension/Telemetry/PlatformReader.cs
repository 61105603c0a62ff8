using System.Buffers.Text;
using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Creates records from platform events and events of unknown types, and extracts what the lifecycle needs. Guarded by the lock of <see
/// cref="TelemetryReader"/>.
/// </summary>
/// <param name="sink">Receives the records.</param>
/// <param name="invocations">Learns about starts.</param>
/// <param name="snapshot">Learns about snapshots.</param>
/// <param name="post">Receives the signals.</param>
internal sealed class PlatformReader(IRecordSink sink, InvocationTracker invocations, SnapshotTracker snapshot, PostSignals post)
{
    const int SignalTextMax = 512;

    readonly Scratch _message = new();
    readonly Scratch _report = new();

    /// <summary>Processes an event.</summary>
    /// <param name="line">Its type and time.</param>
    /// <param name="whole">The whole event, valid and flat.</param>
    /// <param name="record">Its record; any value, or empty.</param>
    public void Read(in LineEnvelope line, ReadOnlySpan<byte> whole, ReadOnlySpan<byte> record)
    {
        var kind = EventTypes.KindOf(line.Type);
        var status = EventTypes.StatusOf(ObjectWalker.FindText(record, "status"u8));
        var requestId = RequestIdOf(record);
        if (kind == EventKind.Start)
            RecordStart(record, line.Time);
        else if (kind == EventKind.RuntimeDone)
            invocations.RecordEnd(line.Time);
        snapshot.Record(kind, InitializationTypeOf(kind, record), line.Time);

        // Events without a request id, such as those of the init phase, are not assigned to an invocation by their time.
        var attribution = requestId.IsEmpty ? default : invocations.Of(requestId, line.Time);
        if (kind is EventKind.RuntimeDone or EventKind.Report)
            NoteEnd(kind, status, attribution, line.Time, record);
        else
            AddSignal(kind, record);
        var message = _message.Take(PlatformMessage.MaxSize(line.Type, record));
        sink.Add(new LogRecord
        {
            Time = line.Time,
            Level = LevelOf(kind, status, record),
            Message = message[..PlatformMessage.Write(kind, line.Type, record, message)],
            LogType = line.Type,
            RequestId = requestId,
            TraceId = attribution.TraceId.IsEmpty ? TraceHeader.Root(TracingOf(record)) : attribution.TraceId,
            SpanId = attribution.TraceId.IsEmpty ? TraceHeader.Parent(TracingOf(record)) : attribution.SpanId,
            Context = attribution.Context,
            ColdStart = attribution.ColdStart,
            Snapshot = snapshot.Contains(line.Time),
            Attributes = kind == EventKind.Report ? WithDerivedMetrics(whole, attribution.ColdStart) : whole,
            Kind = kind,
            Status = status,
        });
    }

    /// <summary>Records a start ahead of its position in the body: lines before it belong to its invocation too.</summary>
    /// <param name="record">The record of a <c>platform.start</c>; any value.</param>
    /// <param name="time">When it started; a valid time.</param>
    public void RecordStart(ReadOnlySpan<byte> record, ReadOnlySpan<byte> time)
    {
        var tracing = TracingOf(record);
        var requestId = ObjectWalker.FindText(record, "requestId"u8);
        invocations.RecordStart(requestId, TraceHeader.Root(tracing), TraceHeader.Parent(tracing), time);
        invocations.RecordTenant(requestId, ObjectWalker.FindText(record, "tenantId"u8));
    }

    /// <summary>Releases unusually large buffers.</summary>
    public void Trim()
    {
        _message.Trim();
        _report.Trim();
    }

    /// <summary>The report event with derived metrics added.</summary>
    ReadOnlySpan<byte> WithDerivedMetrics(ReadOnlySpan<byte> whole, bool? coldStart)
    {
        var report = _report.Take(whole.Length + ReportMetrics.AddedMax);
        var length = ReportMetrics.AddDerived(whole, coldStart, report);
        return length == 0 ? whole : report[..length];
    }

    /// <summary>The event's request id. The older Logs API has it in a text: <c>RequestId: &lt;id&gt; Process exited …</c></summary>
    static ReadOnlySpan<byte> RequestIdOf(ReadOnlySpan<byte> record)
    {
        var text = ObjectWalker.Text(record);
        if (text.IsEmpty)
            return ObjectWalker.FindText(record, "requestId"u8) is { Length: <= LogRecord.NameBytesMax } requestId ? requestId : default;

        var words = new PrefixWords(text);
        var isNamed = words.Next() && words.Word.SequenceEqual("RequestId:"u8) && words.Next() && PrefixWord.IsRequestId(words.Word);
        return isNamed ? words.Word : default;
    }

    /// <summary>The initialization type. The events of an invocation have none.</summary>
    static ReadOnlySpan<byte> InitializationTypeOf(EventKind kind, ReadOnlySpan<byte> record) =>
        kind is EventKind.Start or EventKind.RuntimeDone or EventKind.Report
            ? default
            : ObjectWalker.FindText(record, "initializationType"u8);

    static LogLevel LevelOf(EventKind kind, PlatformStatus status, ReadOnlySpan<byte> record) => (kind, status) switch
    {
        (EventKind.Fault, _) => LogLevel.Error,
        (EventKind.LogsDropped, _) => LogLevel.Warn,
        (EventKind.ExtensionState, _) when !ObjectWalker.FindText(record, "errorType"u8).IsEmpty => LogLevel.Error,
        (_, PlatformStatus.Error or PlatformStatus.Failure or PlatformStatus.Timeout) => LogLevel.Error,
        (_, PlatformStatus.Other) => LogLevel.Warn,
        _ => LogLevel.Info,
    };

    void NoteEnd(EventKind kind, PlatformStatus status, in Attribution attribution, ReadOnlySpan<byte> time, ReadOnlySpan<byte> record)
    {
        var (id, at) = (TextOf(attribution.RequestId), TextOf(time));
        var attempt = Math.Max(attribution.Attempt, 1);
        if (kind == EventKind.Report)
        {
            post.Reports.Add(new InvocationReport(id, status) { Time = at, Attempt = attempt });
            return;
        }

        var errorType = NullableTextOf(record, "errorType"u8);
        post.AddRuntimeDone(new RuntimeDone(id, status, errorType, DurationOf(record)) { Time = at, Attempt = attempt });
    }

    void AddSignal(EventKind kind, ReadOnlySpan<byte> record)
    {
        switch (kind)
        {
            case EventKind.LogsDropped:
                post.AddDropped(CountOf(record, "droppedRecords"u8), CountOf(record, "droppedBytes"u8));
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

    /// <summary>A short text, as all of the platform's are. Longer ones are not genuine, and would stay in memory.</summary>
    static string TextOf(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > SignalTextMax)
            return "";
        if (!raw.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(raw);

        var text = new byte[raw.Length];
        return Encoding.UTF8.GetString(text.AsSpan(0, JsonText.Unescape(raw, text)));
    }

    /// <summary>A count; zero if it is not a number.</summary>
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
