using System.Text.Unicode;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Reads the bodies of telemetry POSTs: records to the sink, signals to the lifecycle. Takes a JSON array of events, a single event, or
/// events by lines. Never throws, whatever a body holds, and loses nothing of it: what cannot be read is passed on as text and costs no
/// other event. Calls may come from several threads; one is served at a time.
/// </summary>
internal sealed class TelemetryReader
{
    readonly PlatformSignals _signals;
    readonly Lock _gate = new();
    readonly PostSignals _post;
    readonly SplitRecordBuffer _held;
    readonly EventReader _events;
    readonly PieceReader _pieces;

    /// <summary>Wires the reader.</summary>
    /// <param name="sink">Takes the records, in the order of the body.</param>
    /// <param name="signals">Told once for each body, behind its last record.</param>
    /// <param name="time">Both clocks.</param>
    /// <param name="concurrentInvocations">Whether invocations run side by side, as on Managed Instances.</param>
    /// <param name="onUnreadable">Told of every piece that is no event: why, and how many bytes. Null: nobody is. Must be short.</param>
    /// <param name="lines">How lines are read. Null: as by default.</param>
    public TelemetryReader(
        IRecordSink sink,
        PlatformSignals signals,
        TimeProvider time,
        bool concurrentInvocations = false,
        Action<UnreadableReason, int>? onUnreadable = null,
        LineOptions? lines = null)
    {
        _signals = signals;
        _post = new PostSignals(signals.IsExpected);
        _held = new SplitRecordBuffer(time);
        lines ??= new LineOptions();
        var invocations = new Invocations(concurrentInvocations, lines.TrustsIds);
        _events = new EventReader(sink, _post, new EventClock(time), invocations, onUnreadable, lines);
        _pieces = new PieceReader(_events, _held);
    }

    /// <summary>How many pieces could not be read as events. Any thread.</summary>
    public long Unreadable => _events.Unreadable;

    /// <summary>How many bytes these were. Any thread.</summary>
    public long UnreadableBytes => _events.UnreadableBytes;

    /// <summary>How many lines of our own were left out, where the extension stream is subscribed. Any thread.</summary>
    public long OwnLines => _events.OwnLines;

    /// <summary>Whether the head of a split record waits for its rest. Any thread.</summary>
    public bool HasHeld => _held.IsHolding;

    /// <summary>Reads one body and hands on all that is in it.</summary>
    /// <param name="body">The listener's own buffer; it may be changed.</param>
    public void Read(Span<byte> body)
    {
        lock (_gate)
        {
            var isUtf8 = Utf8.IsValid(body);
            _events.Begin();
            for (var at = SkipSeparators(body, 0); at < body.Length; at = SkipSeparators(body, at))
                at += ReadOne(body[at..], isUtf8);

            if (_held.IsHolding && _held.Age > SplitRecordBuffer.HoldMax)
                _pieces.Flush();
            _events.Trim();
            _signals.Publish(_post);
            _post.Clear();
        }
    }

    /// <summary>
    /// Passes on as text what is held, when its rest is no longer to be expected. Any thread, but never one that holds a lock which the
    /// sink takes.
    /// </summary>
    /// <param name="olderThan">Only if it is held longer. Default zero: whenever something is held.</param>
    public void FlushHeld(TimeSpan olderThan = default)
    {
        lock (_gate)
        {
            if (_held.IsHolding && _held.Age >= olderThan)
                _pieces.Flush();
        }
    }

    /// <returns>How many bytes of the text are read.</returns>
    int ReadOne(Span<byte> text, bool isUtf8)
    {
        _events.LookAhead(text);
        if (Envelope.Read(text, out var envelope) != ScanFault.None)
            return _pieces.Read(text);

        if (_pieces.BeforeEvent(text, envelope) is var rest and > 0)
            return rest;

        _events.Read(text[..envelope.Length], envelope, isUtf8);
        return envelope.Length;
    }

    /// <summary>Steps over what stands around events; strictly where it should be is not worth an event.</summary>
    static int SkipSeparators(ReadOnlySpan<byte> body, int at)
    {
        if (at == 0 && body.StartsWith("\uFEFF"u8))
            at = 3;

        var skipped = body[at..].IndexOfAnyExcept("[], \n\r\t"u8);
        return skipped < 0 ? body.Length : at + skipped;
    }
}
