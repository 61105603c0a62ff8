using System.Text.Unicode;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Creates records from events, and from invalid pieces of a body. Guarded by the lock of <see cref="TelemetryReader"/>, except for the
/// counters.
/// </summary>
internal sealed class EventReader
{
    /// <summary>Longest text of an invalid piece in one record; longer ones become several records.</summary>
    const int PieceMax = 256 * 1024;

    readonly EventClock _clock;
    readonly LineReader _lines;
    readonly PlatformReader _platform;
    readonly Action<UnreadableReason, int>? _onUnreadable;
    readonly Scratch _repaired = new();
    readonly InvocationTracker _invocations;
    bool _mayLookAhead;
    long _unreadable;
    long _unreadableBytes;

    /// <summary>Creates the reader.</summary>
    /// <param name="sink">Receives the records.</param>
    /// <param name="post">Receives the signals.</param>
    /// <param name="clock">Provides the time of events.</param>
    /// <param name="invocations">Maps records to invocations.</param>
    /// <param name="onUnreadable">Called for invalid pieces, or null.</param>
    /// <param name="options">How lines are parsed.</param>
    public EventReader(
        IRecordSink sink, PostSignals post, EventClock clock, InvocationTracker invocations, Action<UnreadableReason, int>? onUnreadable,
        LineOptions options)
    {
        var snapshot = new SnapshotTracker();
        _clock = clock;
        _invocations = invocations;
        _lines = new LineReader(sink, invocations, snapshot, options.ParseJson, options.OwnLines);
        _platform = new PlatformReader(sink, invocations, snapshot, post);
        _onUnreadable = onUnreadable;
    }

    /// <summary>Number of invalid pieces. Any thread.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    /// <summary>Total bytes of invalid pieces. Any thread.</summary>
    public long UnreadableBytes => Volatile.Read(ref _unreadableBytes);

    /// <summary>Number of the extension's own lines that were left out. Any thread.</summary>
    public long OwnLineCount => _lines.OwnLineCount;

    /// <summary>Call before each body.</summary>
    public void Begin()
    {
        _clock.Reset();
        _mayLookAhead = true;
    }

    /// <summary>
    /// Searches the unread part of the body for starts of invocations, once per body and only while no invocation runs: the next one
    /// cannot start before. Not at a start itself, which is read next.
    /// </summary>
    public void LookAhead(ReadOnlySpan<byte> rest)
    {
        if (!_mayLookAhead || _invocations.IsRunning || StartFinder.IsStart(rest))
            return;

        _mayLookAhead = false;
        StartFinder.Find(rest, _platform);
    }

    /// <summary>Releases unusually large buffers.</summary>
    public void Trim()
    {
        _repaired.Trim();
        _lines.Trim();
        _platform.Trim();
    }

    /// <summary>Processes an event.</summary>
    /// <param name="text">The whole event, valid JSON; it may be modified.</param>
    /// <param name="envelope">Its parts.</param>
    /// <param name="isUtf8">Whether the text is known to be valid UTF-8.</param>
    public void Read(Span<byte> text, Envelope envelope, bool isUtf8)
    {
        if (envelope.HasLoneSurrogate)
            JsonRepair.ReplaceLoneSurrogates(text);
        if (envelope.HasLineBreak)
            JsonRepair.FlattenWhitespace(text);
        if (!isUtf8 && !Utf8.IsValid(text))
            text = ToUtf8(text, ref envelope);

        var type = (ReadOnlySpan<byte>)text[envelope.Type];
        if (envelope.IsCommon)
        {
            _lines.Read(new LineEnvelope(type, _clock.OfValid(text[envelope.Time])), text[envelope.Record]);
            return;
        }

        var isLine = EventTypes.IsLine(type);
        if (type.IsEmpty || type.Length > LogRecord.NameBytesMax || (isLine && !envelope.HasRecord))
        {
            ReadPiece(UnreadableReason.NotAnEvent, text, envelope);
            return;
        }

        var line = new LineEnvelope(type, _clock.Of(text[envelope.Time]));
        if (isLine)
            _lines.Read(in line, text[envelope.Record]);
        else
            _platform.Read(in line, text, text[envelope.Record]);
    }

    /// <summary>Passes on an invalid piece as text.</summary>
    /// <param name="reason">Why it is invalid.</param>
    /// <param name="text">The piece.</param>
    /// <param name="envelope">The parts that were found: of a line only the text of the record is passed on.</param>
    public void ReadPiece(UnreadableReason reason, ReadOnlySpan<byte> text, in Envelope envelope)
    {
        Volatile.Write(ref _unreadable, _unreadable + 1);
        Volatile.Write(ref _unreadableBytes, _unreadableBytes + text.Length);
        _onUnreadable?.Invoke(reason, text.Length);

        var isLine = envelope.HasRecord && EventTypes.IsLine(text[envelope.Type]);
        var line = new LineEnvelope(isLine ? text[envelope.Type] : "extension.unreadable"u8, _clock.Of(text[envelope.Time]));
        for (var rest = isLine ? text[envelope.PieceStart..] : text; !rest.IsEmpty;)
        {
            var length = PieceLength(rest);
            _lines.AddUnreadable(in line, rest[..length]);
            rest = rest[length..];
        }
    }

    /// <summary>Returns the length of the text for one record, at a character boundary.</summary>
    static int PieceLength(ReadOnlySpan<byte> text)
    {
        if (text.Length <= PieceMax)
            return text.Length;

        var length = PieceMax;
        while (length > PieceMax - 3 && (text[length] & 0xC0) == 0x80)
            length--;
        return length;
    }

    /// <summary>Converts an event to valid UTF-8.</summary>
    Span<byte> ToUtf8(ReadOnlySpan<byte> text, scoped ref Envelope envelope)
    {
        var repaired = _repaired.Take(JsonRepair.RepairedMax(text));
        repaired = repaired[..JsonRepair.ReplaceInvalidUtf8(text, repaired)];
        Envelope.Read(repaired, out envelope);
        return repaired;
    }
}
