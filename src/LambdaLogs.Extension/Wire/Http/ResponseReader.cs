namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// Parses responses incrementally: skips 1xx responses, keeps the head and the beginning of the body. All sizes are limited, and buffers
/// are reused. For one thread.
/// </summary>
/// <param name="bodyBytesMax">How many bytes of a body are kept; the rest is read and discarded.</param>
internal sealed class ResponseReader(int bodyBytesMax)
{
    /// <summary>Largest accepted head in bytes.</summary>
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

    /// <summary>How far the response was read.</summary>
    public ResponseState State { get; private set; }

    /// <summary>The head of the final response, not of a 1xx. Only if <see cref="HasHead"/>.</summary>
    public HttpHead Head => new(_buffer.AsSpan(0, _headLength));

    /// <summary>Whether the head was received: the status is then known.</summary>
    public bool HasHead => _headLength > 0;

    /// <summary>The status, also of a head that is too large. 0: not known.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the server sent 100 Continue.</summary>
    public bool HasContinue { get; private set; }

    /// <summary>The beginning of the body, as far as received.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _kept);

    /// <summary>Bytes of the body that were received, including those that are not kept.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Whether bytes were received after the end of the response.</summary>
    public bool HasExtraBytes { get; private set; }

    /// <summary>Whether the response allows another request on the connection.</summary>
    public bool KeepsConnection =>
        State == ResponseState.Complete && !HasExtraBytes && _framing.Kind != BodyKind.UntilClose && Head.KeepsAlive;

    /// <summary>Starts the next response.</summary>
    /// <param name="hasNoBody">Whether there is no body regardless of the head, as for a successful <c>CONNECT</c>.</param>
    public void Reset(bool hasNoBody = false)
    {
        (_filled, _headLength, _kept, _interim, Status, BodyBytes) = (0, 0, 0, 0, 0, 0);
        (State, HasContinue, HasExtraBytes, _hasNoBody) = (ResponseState.Head, false, false, hasNoBody);
        _chunks = default;
    }

    /// <summary>Free space for the next bytes, never empty.</summary>
    public Span<byte> FreeSpace()
    {
        if (_buffer.Length - _filled < FreeBytesMin)
            Array.Resize(ref _buffer, _buffer.Length * 2);

        return _buffer.AsSpan(_filled);
    }

    /// <summary>Processes bytes that were written into <see cref="FreeSpace"/>.</summary>
    /// <param name="count">The number of bytes.</param>
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

    /// <summary>Call when the peer has closed the connection.</summary>
    public ResponseState Close()
    {
        if (State == ResponseState.Body && _framing.Kind == BodyKind.UntilClose)
            State = ResponseState.Complete;

        return State;
    }

    /// <summary>Parses a complete head.</summary>
    /// <returns>True: it was a 1xx, and the next head may follow.</returns>
    bool TryReadHead()
    {
        SkipEmptyLines();
        var end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            // Three bytes of the empty line may have arrived: the limit does not depend on how the head is split.
            var isTooLarge = _filled > HeadBytesMax + 3;
            State = isTooLarge ? ResponseState.HeadTooLarge : MayBeHead() ? ResponseState.Head : ResponseState.Malformed;
            if (isTooLarge)
                Status = StatusOfStartLine();
            return false;
        }

        var head = new HttpHead(_buffer.AsSpan(0, end + 4));
        var status = head.Status;
        // 101 would switch to a protocol that was not requested.
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
        // Contradictory headers: treat the body as of unknown length. The status counts, and the connection is not reused.
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

    /// <summary>Whether the first bytes can be a status line.</summary>
    bool MayBeHead()
    {
        var known = "HTTP/1."u8;
        var there = Math.Min(_filled, known.Length);
        return _buffer.AsSpan(0, there).SequenceEqual(known[..there]) || _buffer.AsSpan(0, _filled).SequenceEqual("\r"u8);
    }

    /// <summary>Skips empty lines before a status line; RFC 9112, section 2.2.</summary>
    void SkipEmptyLines()
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

            KeepBody(data);
            bytes = bytes[used..];
            var isWhole = _framing.Kind == BodyKind.Length ? _left == 0 : _framing.Kind == BodyKind.Chunked && _chunks.IsDone;
            State = isWhole ? ResponseState.Complete : _chunks.IsMalformed ? ResponseState.Malformed : ResponseState.Body;
        }

        HasExtraBytes |= !bytes.IsEmpty;
    }

    void KeepBody(ReadOnlySpan<byte> data)
    {
        BodyBytes += data.Length;
        var kept = data[..Math.Min(data.Length, bodyBytesMax - _kept)];
        if (_kept + kept.Length > _body.Length)
            Array.Resize(ref _body, Math.Min(bodyBytesMax, Math.Max(_kept + kept.Length, Math.Max(2 * _body.Length, FirstBufferBytes))));

        kept.CopyTo(_body.AsSpan(_kept));
        _kept += kept.Length;
    }
}
