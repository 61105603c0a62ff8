using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Creates records from the lines of functions and extensions: text, objects, and text that is JSON. Guarded by the lock of <see
/// cref="TelemetryReader"/>.
/// </summary>
internal sealed class LineReader
{
    /// <summary>Longest text that is parsed as JSON. Lambda's lines end at 256 KiB.</summary>
    const int JsonTextMax = 1024 * 1024;

    /// <summary>Longest label of an error, including its separator.</summary>
    const int LabelMax = 64;

    readonly IRecordSink _sink;
    readonly InvocationTracker _invocations;
    readonly SnapshotTracker _snapshot;
    readonly ObjectReader _objects;
    readonly OwnLines? _own;
    readonly bool _parseJson;
    readonly Scratch _text = new();
    long _ownLines;

    /// <summary>Creates the reader.</summary>
    /// <param name="sink">Receives the records.</param>
    /// <param name="invocations">Maps lines to invocations.</param>
    /// <param name="snapshot">Recognises records of a snapshot.</param>
    /// <param name="parseJson">Whether text that is JSON is parsed into fields.</param>
    /// <param name="own">Recognises the lines of this process. Null: there are none.</param>
    public LineReader(IRecordSink sink, InvocationTracker invocations, SnapshotTracker snapshot, bool parseJson, OwnLines? own)
    {
        _own = own;
        _sink = sink;
        _invocations = invocations;
        _snapshot = snapshot;
        _parseJson = parseJson;
        _objects = new ObjectReader(sink, invocations, snapshot, parseJson);
    }

    /// <summary>Number of the extension's own lines that were left out, because they would feed back. Any thread.</summary>
    public long OwnLineCount => Volatile.Read(ref _ownLines);

    /// <summary>The space and tab between a label and its error, as they appear in the inside of a JSON string.</summary>
    static ReadOnlySpan<byte> LabelEnd => " \\t"u8;

    /// <summary>The label of an error of PHP's runtime (Bref), with its tab.</summary>
    static ReadOnlySpan<byte> PhpLabel => "Invoke Error\\t"u8;

    /// <summary>The prefix of the extension's own lines, see Diagnostics.</summary>
    static ReadOnlySpan<byte> OwnPrefix => "[EXTENSION] "u8;

    /// <summary>The prefix of the extension's own metrics, see Diagnostics.</summary>
    static ReadOnlySpan<byte> OwnMetrics =>
        """{"_aws":{"CloudWatchMetrics":[{"Namespace":"LogsHttpDestination","""u8;

    /// <summary>Processes a line.</summary>
    /// <param name="line">The line's envelope.</param>
    /// <param name="record">Any JSON value, valid and flat.</param>
    public void Read(in LineEnvelope line, ReadOnlySpan<byte> record)
    {
        if (EventTypes.IsExtension(line.Type) && IsOwn(record))
            Volatile.Write(ref _ownLines, _ownLines + 1);
        else if (record[0] == '"')
            ReadText(in line, JsonText.TrimFinalNewline(record[1..^1]));
        else if (record[0] == '{')
            _objects.Add(in line, record, default, default);
        else
            AddText(in line, LogLevel.Info, _objects.Quote(record), default);
    }

    /// <summary>Passes on an invalid piece as text with level WARN.</summary>
    /// <param name="line">The envelope, as far as it could be read.</param>
    /// <param name="text">Any bytes.</param>
    public void AddUnreadable(in LineEnvelope line, ReadOnlySpan<byte> text) =>
        AddText(in line, LogLevel.Warn, _objects.Quote(text), default);

    /// <summary>Releases unusually large buffers.</summary>
    public void Trim()
    {
        _text.Trim();
        _objects.Trim();
    }

    /// <summary>
    /// Whether an extension's line was written by this process, as text or as the message of an object, or is a line of its metrics. Other
    /// extensions may use the same prefix.
    /// </summary>
    bool IsOwn(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith(OwnMetrics))
            return true;

        var text = record[0] == '{' ? ObjectWalker.FindText(record, "message"u8) : ObjectWalker.Text(record);
        if (text.StartsWith(OwnPrefix))
            return _own is not null && _own.Contains(Unescape(JsonText.TrimFinalNewline(text)));
        return text.StartsWith("{"u8) && Unescape(text).StartsWith(OwnMetrics);
    }

    ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text)
    {
        var plain = _text.Take(text.Length);
        return plain[..JsonText.Unescape(text, plain)];
    }

    void ReadText(in LineEnvelope line, ReadOnlySpan<byte> text)
    {
        var prefix = LinePrefix.Read(text);
        if (_parseJson && MayEndObject(text) && TryAddJsonText(in line, JsonText.TrimWhitespace(text[prefix.End..]), prefix))
            return;

        if (prefix.End < text.Length && text[prefix.End] == '{' && DurableArn.Find(text[prefix.End..]) is { IsEmpty: false } arn)
        {
            AddInspected(in line, text, arn, in prefix);
            return;
        }

        if (DurableArn.FindNamed(text) is { IsEmpty: false } named)
            _invocations.RecordExecution(_invocations.OfLine(prefix.RequestId, line.Time).RequestId, named);
        AddText(in line, prefix.Level, text, prefix.RequestId, prefix.HasLevel, isText: true);
    }

    /// <summary>Whether a text ends with a bracket, apart from white space, escaped or not, and a byte order mark.</summary>
    static bool MayEndObject(ReadOnlySpan<byte> text) => !text.IsEmpty
        && text[^1] is (byte)'}' or (byte)' ' or (byte)'t' or (byte)'n' or (byte)'r' or (byte)'F' or (byte)'f' or 0xBF;

    /// <summary>Parses a text, or the part after its prefix, as an object.</summary>
    /// <returns>False if it is not an object.</returns>
    bool TryAddJsonText(in LineEnvelope line, ReadOnlySpan<byte> text, in LinePrefix prefix)
    {
        var label = prefix.HasLevel ? LabelOf(text) : default;
        var raw = label.IsEmpty ? text : text[(text.IndexOf((byte)'\\') + "\\t"u8.Length)..];
        if (raw.IsEmpty || raw[0] != '{' || raw.Length > JsonTextMax)
            return false;

        var json = _text.Take(raw.Length);
        json = json[..JsonText.Unescape(raw, json)];
        if (!JsonRepair.TryFlatten(json))
            return false;

        _objects.Add(in line, json, in prefix, label);
        return true;
    }

    /// <summary>
    /// Returns the label that Node's runtime writes before the object of an error: <c>Invoke Error \t{…}</c>, <c>Uncaught Exception
    /// \t{…}</c>. PHP's writes no space.
    /// </summary>
    /// <returns>Empty: there is none.</returns>
    static ReadOnlySpan<byte> LabelOf(ReadOnlySpan<byte> text)
    {
        var head = text.Length > LabelMax ? text[..LabelMax] : text;
        var end = head.IndexOf((byte)'\\') - 1;
        if (text.StartsWith(PhpLabel))
            return PhpLabel[..^2];

        return end > 0 && text[0] != '{' && text[end..].StartsWith(LabelEnd) ? text[..end] : default;
    }

    /// <summary>Processes a durable function's line that a version of the SDK printed by <c>util.inspect</c> instead of as JSON.</summary>
    void AddInspected(in LineEnvelope line, ReadOnlySpan<byte> text, ReadOnlySpan<byte> arn, in LinePrefix prefix)
    {
        _invocations.RecordExecution(_invocations.OfLine(prefix.RequestId, line.Time).RequestId, arn);
        var isNamed = LevelNames.TryParse(DurableArn.FindMember(text, " level: "u8), out var level);
        AddText(in line, isNamed ? level : prefix.Level, text, prefix.RequestId, isNamed || prefix.HasLevel, isText: true);
    }

    void AddText(
        in LineEnvelope line, LogLevel level, ReadOnlySpan<byte> message, ReadOnlySpan<byte> namedId,
        bool hasLevel = false, bool isText = false)
    {
        var attribution = _invocations.OfLine(namedId, line.Time);
        _sink.Add(new LogRecord
        {
            Time = line.Time,
            Level = level,
            LevelOrigin = hasLevel ? LevelOrigin.Named : LevelOrigin.Assumed,
            Message = message,
            LogType = line.Type,
            RequestId = attribution.RequestId,
            TraceId = attribution.TraceId,
            SpanId = attribution.SpanId,
            Context = attribution.Context,
            ColdStart = attribution.ColdStart,
            Snapshot = _snapshot.Contains(line.Time),
            IsText = isText,
        });
    }
}
