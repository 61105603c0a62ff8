namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Holds the head of an object record that Lambda cut at about 256 KiB until the rest comes. Each piece is sent raw in an envelope of its
/// own, in the same POST or the next: <c>{"time":"…","type":"function","record":{"message":"AAAA}</c> and
/// <c>{"time":"…","type":"function","record":BBBB"}}</c>. Bounded in size and time. The reader's thread, but for <see cref="IsHolding"/>.
/// </summary>
/// <param name="time">Measures how long a piece is held (monotonic: time in which the environment is frozen does not count).</param>
internal sealed class SplitRecordBuffer(TimeProvider time)
{
    /// <summary>Largest record that is joined. A larger one is passed on in pieces.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>
    /// How often what is held may be looked through, for its length: 16 pieces of 256 KiB, each twice, make 17 times the whole.
    /// </summary>
    const int ScansMax = 20;

    const int ScanMin = 1024 * 1024;

    /// <summary>How long a piece waits for the next POST.</summary>
    public static TimeSpan HoldMax => TimeSpan.FromSeconds(1);

    byte[] _bytes = [];
    int _length;
    int _before;
    long _scanned;
    long _since;
    Envelope _envelope;

    /// <summary>Whether a piece is held. Any thread.</summary>
    public bool IsHolding => Volatile.Read(ref _length) > 0;

    /// <summary>What is held: an event without its end.</summary>
    public Span<byte> Text => _bytes.AsSpan(0, _length);

    /// <summary>Where the parts of the event are; good for type, time and the record's beginning.</summary>
    public Envelope Envelope => _envelope;

    /// <summary>The event's type.</summary>
    public ReadOnlySpan<byte> Type => Text[_envelope.Type];

    /// <summary>How long it is held.</summary>
    public TimeSpan Age => time.GetElapsedTime(_since);

    /// <summary>Holds the head of an event. Nothing may be held.</summary>
    /// <param name="piece">The event, without the brackets that Lambda put behind the cut.</param>
    /// <param name="envelope">Its parts.</param>
    public void Hold(ReadOnlySpan<byte> piece, in Envelope envelope)
    {
        _since = time.GetTimestamp();
        _envelope = envelope;
        _before = 0;
        _scanned = 0;
        Append(piece);
    }

    /// <summary>Notes that what is held was looked through.</summary>
    public void NoteScan() => _scanned += _length;

    /// <summary>Adds the record of a further piece.</summary>
    /// <returns>
    /// False where it would grow too large, or where its pieces are so small that to look through it with each of them takes too long; it
    /// stays as it was then.
    /// </returns>
    public bool TryExtend(ReadOnlySpan<byte> record)
    {
        if (_length + record.Length > BytesMax || _scanned > ScanMin + ((long)ScansMax * _length))
            return false;

        _before = _length;
        Append(record);
        return true;
    }

    /// <summary>Takes the last bytes off again: they belong to the envelope, not to the record.</summary>
    public void Cut(int count) => Volatile.Write(ref _length, _length - count);

    /// <summary>Takes the last piece off again.</summary>
    public void UndoExtend() => Volatile.Write(ref _length, _before);

    /// <summary>Gives up what is held, and its memory.</summary>
    public void Clear()
    {
        Volatile.Write(ref _length, 0);
        _bytes = [];
    }

    void Append(ReadOnlySpan<byte> piece)
    {
        if (_bytes.Length < _length + piece.Length)
            Array.Resize(ref _bytes, Math.Max(_length + piece.Length, Math.Min(_bytes.Length * 2, BytesMax)));
        piece.CopyTo(_bytes.AsSpan(_length));
        Volatile.Write(ref _length, _length + piece.Length);
    }
}
