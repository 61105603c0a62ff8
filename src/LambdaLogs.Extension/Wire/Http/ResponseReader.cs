namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// Reads one response after the other from bytes as they come, in whichever pieces: passes over responses of 1xx, keeps the head and the
/// beginning of the body. Everything is bounded. Its buffers are used again. For one thread.
/// </summary>
/// <param name="bodyBytesMax">How much of a body is kept; the rest is read and forgotten.</param>
internal sealed class ResponseReader(int bodyBytesMax)
{
    /// <summary>Largest head that is read, in bytes.</summary>
    public const int HeadBytesMax = 64 * 1024;

    const int FirstBufferBytes = 4 * 1024;
    const int FreeBytesMin = 2 * 1024;
    const int InterimMax = 16;

    byte[] _buffer = new byte[FirstBufferBytes];
    byte[] _body = [];
    int _filled;
    int _headLength;
    int _kept;
    int _interim;
    bool _hasNoBody;
    BodyFraming _framing;
    long _left;
    ChunkReader _chunks;

    /// <summary>How far it has been read.</summary>
    public ResponseState State { get; private set; }

    /// <summary>The head of the response itself, not of one of 1xx. Only where <see cref="HasHead"/>.</summary>
    public HttpHead Head => new(_buffer.AsSpan(0, _headLength));

    /// <summary>Whether the head is there: with the status what the response means is known.</summary>
    public bool HasHead => _headLength > 0;

    /// <summary>The status; also that of a head that is too large. 0: it is not known.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the server said that it waits for the body (100).</summary>
    public bool HasContinue { get; private set; }

    /// <summary>The beginning of the body, as far as it has come.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _kept);

    /// <summary>Bytes of the body that have come, also those that are not kept.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Whether more came than belongs to the response: whatever it is, nobody asked for it.</summary>
    public bool HasExtra { get; private set; }

    /// <summary>Whether the connection may serve another request, as far as the response says.</summary>
    public bool KeepsConnection => State == ResponseState.Complete && !HasExtra && _framing.Kind != BodyKind.UntilClose && Head.KeepsAlive;

    /// <summary>Begins with the next response.</summary>
    /// <param name="hasNoBody">Whatever its head says, as for a <c>CONNECT</c> that was granted.</param>
    public void StartOver(bool hasNoBody = false)
    {
        (_filled, _headLength, _kept, _interim, Status, BodyBytes) = (0, 0, 0, 0, 0, 0);
        (State, HasContinue, HasExtra, _hasNoBody) = (ResponseState.Head, false, false, hasNoBody);
        _chunks = default;
    }

    /// <summary>Room for what comes next, never empty.</summary>
    public Span<byte> Free()
    {
        if (_buffer.Length - _filled < FreeBytesMin)
            Array.Resize(ref _buffer, _buffer.Length * 2);

        return _buffer.AsSpan(_filled);
    }

    /// <summary>Takes bytes that were written into <see cref="Free"/>.</summary>
    /// <param name="count">How many.</param>
    public ResponseState Read(int count)
    {
        var body = _filled;
        _filled += count;
        while (State == ResponseState.Head && TryReadHead())
            body = _headLength;

        if (HasHead)
        {
            ReadBody(_buffer.AsSpan(body, _filled - body));
            _filled = _headLength;
        }

        return State;
    }

    /// <summary>The peer has closed the connection.</summary>
    public ResponseState Close()
    {
        if (State == ResponseState.Body && _framing.Kind == BodyKind.UntilClose)
            State = ResponseState.Complete;

        return State;
    }

    /// <summary>Reads a head that has come whole.</summary>
    /// <returns>True: it was one of 1xx, and the next may be there.</returns>
    bool TryReadHead()
    {
        PassOverEmptyLines();
        var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            var isTooLarge = _filled > HeadBytesMax;
            State = isTooLarge ? ResponseState.HeadTooLarge : CanBeHead() ? ResponseState.Head : ResponseState.Malformed;
            if (isTooLarge)
                Status = StatusOfStartLine();
            return false;
        }

        var head = new HttpHead(_buffer.AsSpan(0, end + 4));
        var status = head.Status;
        // 101 would be another protocol, which nobody asked for.
        if (status is 0 or 101 || end > HeadBytesMax || (status < 200 && ++_interim > InterimMax))
        {
            State = end > HeadBytesMax ? ResponseState.HeadTooLarge : ResponseState.Malformed;
            Status = end > HeadBytesMax ? StatusOfStartLine() : 0;
            return false;
        }

        if (status < 200)
        {
            HasContinue |= status == 100;
            _buffer.AsSpan(end + 4, _filled - end - 4).CopyTo(_buffer);
            _filled -= end + 4;
            return true;
        }

        (_headLength, Status) = (end + 4, status);
        StartBody(head);
        return true;
    }

    void StartBody(HttpHead head)
    {
        // What contradicts itself is a body of unknown length: the status counts, the connection is of no more use.
        if (_hasNoBody)
            _framing = default;
        else if (!head.TryFraming(isResponse: true, out _framing))
            _framing = new BodyFraming(BodyKind.UntilClose, 0);

        _left = _framing.Length;
        State = _framing is { Kind: BodyKind.Length, Length: 0 } ? ResponseState.Complete : ResponseState.Body;
    }

    int StatusOfStartLine()
    {
        var hasLine = _buffer.AsSpan(0, _filled).IndexOf("\r\n"u8) >= 0;
        return hasLine ? new HttpHead(_buffer.AsSpan(0, _filled)).Status : 0;
    }

    /// <summary>Whether the first bytes are those of a status line.</summary>
    bool CanBeHead()
    {
        var known = "HTTP/1."u8;
        var there = Math.Min(_filled, known.Length);
        return _buffer.AsSpan(0, there).SequenceEqual(known[..there]) || _buffer.AsSpan(0, _filled).SequenceEqual("\r"u8);
    }

    /// <summary>Empty lines before a status line mean nothing; RFC 9112, section 2.2.</summary>
    void PassOverEmptyLines()
    {
        var start = 0;
        while (_buffer.AsSpan(start, _filled - start).StartsWith("\r\n"u8))
            start += 2;

        _buffer.AsSpan(start, _filled - start).CopyTo(_buffer);
        _filled -= start;
    }

    void ReadBody(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && State == ResponseState.Body)
        {
            var data = bytes;
            var used = bytes.Length;
            if (_framing.Kind == BodyKind.Length)
            {
                data = bytes[..(int)Math.Min(_left, bytes.Length)];
                used = data.Length;
                _left -= used;
            }
            else if (_framing.Kind == BodyKind.Chunked)
            {
                used = _chunks.Take(bytes, out data);
            }

            Keep(data);
            bytes = bytes[used..];
            var isWhole = _framing.Kind == BodyKind.Length ? _left == 0 : _framing.Kind == BodyKind.Chunked && _chunks.IsDone;
            State = isWhole ? ResponseState.Complete : _chunks.IsMalformed ? ResponseState.Malformed : ResponseState.Body;
        }

        HasExtra |= !bytes.IsEmpty;
    }

    void Keep(ReadOnlySpan<byte> data)
    {
        BodyBytes += data.Length;
        var kept = data[..Math.Min(data.Length, bodyBytesMax - _kept)];
        if (_kept + kept.Length > _body.Length)
            Array.Resize(ref _body, Math.Min(bodyBytesMax, Math.Max(_kept + kept.Length, Math.Max(2 * _body.Length, FirstBufferBytes))));

        kept.CopyTo(_body.AsSpan(_kept));
        _kept += kept.Length;
    }
}
