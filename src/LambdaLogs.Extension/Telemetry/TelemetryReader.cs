using System.Text.Unicode;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Reads the bodies of telemetry POSTs: records go to the sink, signals to the lifecycle. Accepts a JSON array of events, a single event,
/// or one event per line. Never throws because of a body, and loses nothing of it: invalid text is passed on as text and does not affect
/// other events. Thread-safe; calls are serialized.
/// </summary>
internal sealed class TelemetryReader
{
    readonly PlatformSignals _signals;
    readonly Lock _gate = new();
    readonly PostSignals _post;
    readonly SplitRecordBuffer _held;
    readonly EventReader _events;
    readonly PieceReader _pieces;

    /// <summary>Creates the reader.</summary>
    /// <param name="sink">Receives the records, in the order of the body.</param>
    /// <param name="signals">Receives the signals once for each body, after its last record.</param>
    /// <param name="time">The wall clock and the monotonic clock.</param>
    /// <param name="concurrentInvocations">Whether several invocations run at once, as on Managed Instances.</param>
    /// <param name="onUnreadable">Called for every invalid piece with reason and size. Null: not called. Must be short.</param>
    /// <param name="lines">How lines are parsed. Null: the defaults.</param>
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
        var invocations = new InvocationTracker(concurrentInvocations, lines.AcceptsUnknownIds);
        _events = new EventReader(sink, _post, new EventClock(time), invocations, onUnreadable, lines);
        _pieces = new PieceReader(_events, _held);
    }

    /// <summary>Number of invalid pieces. Any thread.</summary>
    public long Unreadable => _events.Unreadable;

    /// <summary>Total bytes of invalid pieces. Any thread.</summary>
    public long UnreadableBytes => _events.UnreadableBytes;

    /// <summary>Number of the extension's own lines that were left out, if the extension stream is subscribed. Any thread.</summary>
    public long OwnLineCount => _events.OwnLineCount;

    /// <summary>Whether the first part of a split record waits for the rest. Any thread.</summary>
    public bool HasHeld => _held.IsHolding;

    /// <summary>Reads one body and passes on everything in it. Call <see cref="SignalWaiters"/> afterwards.</summary>
    /// <param name="body">The listener's buffer; it may be modified.</param>
    /// <returns>Whether a thread was waiting for a signal in it, and flushes next.</returns>
    public bool Read(Span<byte> body)
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
            var flushFollows = _signals.Publish(_post);
            _post.Clear();
            return flushFollows;
        }
    }

    /// <inheritdoc cref="PlatformSignals.SignalWaiters"/>
    public void SignalWaiters() => _signals.SignalWaiters();

    /// <summary>
    /// Passes on a held piece as text, because its rest is not expected any more. Any thread. If the sink needs a lock, hold it during the
    /// call, as for <see cref="Read"/>.
    /// </summary>
    /// <param name="olderThan">Only if it was held longer than this. Default zero: always.</param>
    public void FlushHeld(TimeSpan olderThan = default)
    {
        lock (_gate)
        {
            if (_held.IsHolding && _held.Age >= olderThan)
                _pieces.Flush();
        }
    }

    /// <returns>The number of bytes read.</returns>
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

    /// <summary>Skips separators between events, without checking them strictly.</summary>
    static int SkipSeparators(ReadOnlySpan<byte> body, int at)
    {
        // Lambda writes one comma between two events.
        if (at + 1 < body.Length && body[at] == ',' && body[at + 1] == '{')
            return at + 1;

        if (at == 0 && body.StartsWith("\uFEFF"u8))
            at = 3;

        var skipped = body[at..].IndexOfAnyExcept("[], \n\r\t"u8);
        return skipped < 0 ? body.Length : at + skipped;
    }
}
