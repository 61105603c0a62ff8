using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Holds the first part of an object record that Lambda split at about 256 KiB until the rest arrives. Each piece is sent raw in its own
/// envelope, in the same POST or the next: <c>{"time":"…","type":"function","record":{"message":"AAAA}</c> and
/// <c>{"time":"…","type":"function","record":BBBB"}}</c>. Limited in size and time. Runs on the reader's thread, except
/// <see cref="IsHolding"/>.
/// </summary>
/// <param name="time">Measures how long a piece is held (monotonic: time in a freeze does not count).</param>
internal sealed class SplitRecordBuffer(TimeProvider time)
{
    /// <summary>Largest record that is joined. A larger one is passed on in pieces.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>
    /// How many times the held text may be scanned, relative to its length: 16 pieces of 256 KiB, each scanned twice, make 17 times the
    /// whole.
    /// </summary>
    const int ScansMax = 20;

    const int ScanMin = 1024 * 1024;

    /// <summary>How long a piece waits for the next POST.</summary>
    public static TimeSpan HoldMax => TimeSpan.FromSeconds(1);

    readonly GrowingBuffer _bytes = new();
    int _length;
    int _before;
    long _scanned;
    long _since;
    Envelope _envelope;

    /// <summary>Whether a piece is held. Any thread.</summary>
    public bool IsHolding => Volatile.Read(ref _length) > 0;

    /// <summary>What is held: an event without its end.</summary>
    public Span<byte> Text => _bytes.Span[.._length];

    /// <summary>The parts of the event; valid for type, time and start of the record.</summary>
    public Envelope Envelope => _envelope;

    /// <summary>The event's type.</summary>
    public ReadOnlySpan<byte> Type => Text[_envelope.Type];

    /// <summary>How long it has been held.</summary>
    public TimeSpan Age => time.GetElapsedTime(_since);

    /// <summary>Holds the start of an event. Nothing may be held before.</summary>
    /// <param name="piece">The event, without the brackets that Lambda added after the cut.</param>
    /// <param name="envelope">Its parts.</param>
    public void Hold(ReadOnlySpan<byte> piece, in Envelope envelope)
    {
        _since = time.GetTimestamp();
        _envelope = envelope;
        _before = 0;
        _scanned = 0;
        Append(piece);
    }

    /// <summary>Records that the held text was scanned.</summary>
    public void RecordScan() => _scanned += _length;

    /// <summary>Appends the record of a further piece.</summary>
    /// <returns>
    /// False if it would become too large, or if its pieces are so small that scanning it again with each of them takes too long. It is
    /// unchanged then.
    /// </returns>
    public bool TryExtend(ReadOnlySpan<byte> record)
    {
        if (_length + record.Length > BytesMax || _scanned > ScanMin + ((long)ScansMax * _length))
            return false;

        _before = _length;
        Append(record);
        return true;
    }

    /// <summary>Removes the last bytes, which belong to the envelope.</summary>
    public void RemoveLast(int count) => Volatile.Write(ref _length, _length - count);

    /// <summary>Removes the last piece.</summary>
    public void UndoExtend() => Volatile.Write(ref _length, _before);

    /// <summary>Discards the held text and releases its memory.</summary>
    public void Clear()
    {
        Volatile.Write(ref _length, 0);
        _bytes.Trim(0);
    }

    void Append(ReadOnlySpan<byte> piece)
    {
        _bytes.Grow(_length + piece.Length, _length);
        piece.CopyTo(_bytes.Span[_length..]);
        Volatile.Write(ref _length, _length + piece.Length);
    }
}
