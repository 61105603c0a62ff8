using System.Text.Unicode;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Makes records of events, and of pieces that are none. The reader's thread, but for the counts.</summary>
internal sealed class EventReader
{
    /// <summary>Longest text of a piece that becomes one record; more become several.</summary>
    const int PieceMax = 256 * 1024;

    readonly EventClock _clock;
    readonly LineReader _lines;
    readonly PlatformReader _platform;
    readonly Action<UnreadableReason, int>? _onUnreadable;
    readonly Scratch _repaired = new();
    readonly Invocations _invocations;
    bool _mayLookAhead;
    long _unreadable;
    long _unreadableBytes;

    /// <summary>Wires the reader.</summary>
    /// <param name="sink">Takes the records.</param>
    /// <param name="post">Takes the signals.</param>
    /// <param name="clock">Gives events their time.</param>
    /// <param name="invocations">Tells whose a record is.</param>
    /// <param name="onUnreadable">Told of pieces that are no event, or null.</param>
    /// <param name="options">How lines are read.</param>
    public EventReader(
        IRecordSink sink, PostSignals post, EventClock clock, Invocations invocations, Action<UnreadableReason, int>? onUnreadable,
        LineOptions options)
    {
        var snapshot = new SnapshotMark();
        _clock = clock;
        _invocations = invocations;
        _lines = new LineReader(sink, invocations, snapshot, options.ParseJson, options.Own);
        _platform = new PlatformReader(sink, invocations, snapshot, post);
        _onUnreadable = onUnreadable;
    }

    /// <summary>How many pieces were no event. Any thread.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    /// <summary>How many bytes these were. Any thread.</summary>
    public long UnreadableBytes => Volatile.Read(ref _unreadableBytes);

    /// <summary>How many lines of our own were left out. Any thread.</summary>
    public long OwnLines => _lines.OwnLines;

    /// <summary>Prepares for a body.</summary>
    public void Begin()
    {
        _clock.Reset();
        _mayLookAhead = true;
    }

    /// <summary>
    /// Looks for starts of invocations in what is still to be read, once for a body and only while none runs: before the end of one the
    /// next does not start.
    /// </summary>
    public void LookAhead(ReadOnlySpan<byte> rest)
    {
        if (!_mayLookAhead || _invocations.IsRunning)
            return;

        _mayLookAhead = false;
        StartFinder.Find(rest, _platform);
    }

    /// <summary>Gives up buffers that are unusually large.</summary>
    public void Trim()
    {
        _repaired.Trim();
        _lines.Trim();
        _platform.Trim();
    }

    /// <summary>Hands on an event.</summary>
    /// <param name="text">The event, whole and valid JSON; it may be changed.</param>
    /// <param name="envelope">Its parts.</param>
    /// <param name="isUtf8">Whether it is known to be UTF-8.</param>
    public void Read(Span<byte> text, Envelope envelope, bool isUtf8)
    {
        if (envelope.HasLoneSurrogate)
            JsonRepair.ReplaceLoneSurrogates(text);
        if (envelope.HasLineBreak)
            JsonRepair.FlattenWhitespace(text);
        if (!isUtf8 && !Utf8.IsValid(text))
            text = ToUtf8(text, ref envelope);

        var type = (ReadOnlySpan<byte>)text[envelope.Type];
        var isLine = EventTypes.IsLine(type);
        if (type.IsEmpty || type.Length > LogRecord.NameBytesMax || (isLine && !envelope.HasRecord))
        {
            ReadPiece(UnreadableReason.NotAnEvent, text, envelope);
            return;
        }

        var line = new Line(type, _clock.Of(text[envelope.Time]));
        if (isLine)
            _lines.Read(in line, text[envelope.Record]);
        else
            _platform.Read(in line, text, text[envelope.Record]);
    }

    /// <summary>Hands on a piece that is no event, as text.</summary>
    /// <param name="reason">Why it is none.</param>
    /// <param name="text">The piece.</param>
    /// <param name="envelope">As many of its parts as were found: of a line only the record's text is passed on.</param>
    public void ReadPiece(UnreadableReason reason, ReadOnlySpan<byte> text, in Envelope envelope)
    {
        Volatile.Write(ref _unreadable, _unreadable + 1);
        Volatile.Write(ref _unreadableBytes, _unreadableBytes + text.Length);
        _onUnreadable?.Invoke(reason, text.Length);

        var isLine = envelope.HasRecord && EventTypes.IsLine(text[envelope.Type]);
        var line = new Line(isLine ? text[envelope.Type] : "extension.unreadable"u8, _clock.Of(text[envelope.Time]));
        for (var rest = isLine ? text[envelope.PieceStart..] : text; !rest.IsEmpty;)
        {
            var length = PieceLength(rest);
            _lines.AddUnreadable(in line, rest[..length]);
            rest = rest[length..];
        }
    }

    /// <summary>As much of a text as becomes one record: never a part of a character.</summary>
    static int PieceLength(ReadOnlySpan<byte> text)
    {
        if (text.Length <= PieceMax)
            return text.Length;

        var length = PieceMax;
        while (length > PieceMax - 3 && (text[length] & 0xC0) == 0x80)
            length--;
        return length;
    }

    /// <summary>Makes UTF-8 of an event that is not.</summary>
    Span<byte> ToUtf8(ReadOnlySpan<byte> text, scoped ref Envelope envelope)
    {
        var repaired = _repaired.Take(JsonRepair.RepairedMax(text));
        repaired = repaired[..JsonRepair.ReplaceInvalidUtf8(text, repaired)];
        Envelope.Read(repaired, out envelope);
        return repaired;
    }
}
