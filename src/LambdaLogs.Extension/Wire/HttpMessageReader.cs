using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Parses HTTP/1.1 messages incrementally. One buffer contains head and body, and chunks are decoded in place, so that the body is
/// contiguous. The buffer is reused and is outside of the managed heap: the peer determines the size of a body, and a heap that has grown
/// does not shrink.
/// </summary>
/// <param name="readsResponses">True for a client, which reads responses; false for a server, which reads requests.</param>
/// <param name="headBytesMax">Largest head.</param>
/// <param name="bodyBytesMax">Largest body that is kept.</param>
/// <param name="bufferBytes">Initial size of the buffer.</param>
/// <param name="bound">Limits larger buffers together with those of other readers. Null: no common limit.</param>
internal sealed class HttpMessageReader(
    bool readsResponses, int headBytesMax, int bodyBytesMax, int bufferBytes, BodyMemoryLimit? bound = null) : IDisposable
{
    readonly GrowingBlock _buffer = new();
    int _filled;
    int _headLength;
    int _bodyEnd;
    int _unread;
    bool _tooLarge;
    long _skip;
    BodyFraming _framing;
    ChunkDecoder _chunks;

    /// <summary>Whether its bodies may use the reserved part of the limit.</summary>
    public bool IsTrusted { get; set; }

    /// <summary>The head. Only after <see cref="Read"/> has found it, until <see cref="Next"/>.</summary>
    public HttpHead Head => new(_buffer.Span[.._headLength]);

    /// <summary>Whether the head is complete.</summary>
    public bool HasHead => _headLength > 0;

    /// <summary>The body. Only if the state is <see cref="ReadState.Complete"/>; may be modified.</summary>
    public Span<byte> Body => _buffer.Span.Slice(_headLength, _bodyEnd - _headLength);

    /// <summary>How many bytes of a body of known length have not arrived. 0: none, or the length is not known.</summary>
    public int Missing => HasHead && !_tooLarge && _framing.Kind == BodyKind.Length
        ? Math.Max(_headLength + (int)_framing.Length - _filled, 0)
        : 0;

    /// <summary>Free space for the next bytes. Empty only if the system has no memory for the first buffer.</summary>
    public Span<byte> FreeSpace()
    {
        if (_filled == _buffer.Length && !TryGrow(_buffer.Length == 0 ? bufferBytes : _buffer.Length + 1))
        {
            // There is no space for a body of unknown length, so it is skipped.
            _tooLarge = true;
            if (_framing.Kind == BodyKind.Chunked)
                _chunks.Discard(_headLength, _buffer.Span, ref _filled);
            else
                _filled = _headLength;
        }

        return _buffer.Span[_filled..];
    }

    /// <summary>
    /// Processes <paramref name="count"/> bytes that were written into <see cref="FreeSpace"/>; 0 to process what is already there.
    /// </summary>
    public ReadState Read(int count)
    {
        _filled += count;
        if (_headLength == 0 && !TryReadHead(out var state))
            return state;

        return _framing.Kind switch
        {
            BodyKind.Length => ReadLength(),
            BodyKind.Chunked => ReadChunks(),
            _ => ReadUntilClose(),
        };
    }

    /// <summary>Call when the peer has closed the connection.</summary>
    /// <returns>Complete if that ends the body; otherwise malformed.</returns>
    public ReadState Close()
    {
        if (_headLength == 0 || _framing.Kind != BodyKind.UntilClose)
            return ReadState.Malformed;

        _unread = _filled;
        return _tooLarge ? ReadState.BodyTooLarge : ReadState.Complete;
    }

    /// <summary>Moves to the next message. Bytes of it that were already received are kept.</summary>
    public void Next()
    {
        var rest = _filled - _unread;
        _buffer.Span.Slice(_unread, rest).CopyTo(_buffer.Span);
        _filled = rest;
        // Lambda's bodies have up to about 1 MB in practice. Memory for a larger one is released.
        const int KeptBytes = 2 * 1024 * 1024;
        var before = _buffer.Length;
        if (before > KeptBytes && _buffer.TryResize(Math.Max(bufferBytes, rest)))
            bound?.Release(Extra(before) - Extra(_buffer.Length));
        _headLength = _bodyEnd = _unread = 0;
        _tooLarge = false;
        _skip = 0;
    }

    /// <summary>Discards everything, for a new connection: bytes of the previous one are not the start of a message on this one.</summary>
    public void Reset()
    {
        _unread = _filled;
        Next();
    }

    bool TryReadHead(out ReadState state)
    {
        state = ReadState.Malformed;
        SkipEmptyLines();
        var end = _buffer.Span[.._filled].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            // Three bytes of the empty line may have arrived: the limit does not depend on how the head is split.
            state = _filled > headBytesMax + 3 ? ReadState.Malformed : ReadState.Incomplete;
            return false;
        }

        _headLength = _bodyEnd = end + 4;
        var head = Head;
        var isMessage = readsResponses ? head.Status != 0 : !head.Method.IsEmpty;
        if (end > headBytesMax || !isMessage || !head.TryFraming(readsResponses, out _framing))
            return false;

        _chunks = new ChunkDecoder(_headLength);
        if (_framing.Kind == BodyKind.Length)
            ExpectLength(_framing.Length);
        return true;
    }

    /// <summary>Skips empty lines before a start line; RFC 9112, section 2.2.</summary>
    void SkipEmptyLines()
    {
        var start = 0;
        while (_buffer.Span.Slice(start, _filled - start).StartsWith("\r\n"u8))
            start += 2;
        if (start == 0)
            return;

        _buffer.Span.Slice(start, _filled - start).CopyTo(_buffer.Span);
        _filled -= start;
    }

    void ExpectLength(long length)
    {
        if (length <= bodyBytesMax && TryGrow(_headLength + (int)length))
            return;

        _tooLarge = true;
        _skip = length;
    }

    ReadState ReadLength()
    {
        if (_tooLarge)
            return Skip();

        var end = _headLength + (int)_framing.Length;
        if (_filled < end)
            return ReadState.Incomplete;

        _bodyEnd = _unread = end;
        return ReadState.Complete;
    }

    ReadState Skip()
    {
        var there = (int)Math.Min(_filled - _headLength, _skip);
        _buffer.Span.Slice(_headLength + there, _filled - _headLength - there).CopyTo(_buffer.Span[_headLength..]);
        _filled -= there;
        _skip -= there;
        _unread = _headLength;
        return _skip == 0 ? ReadState.BodyTooLarge : ReadState.Incomplete;
    }

    ReadState ReadChunks()
    {
        var status = _chunks.Decode(_buffer.Span, ref _filled);
        if (_chunks.BodyEnd - _headLength > bodyBytesMax)
        {
            // The body so far and everything that follows is discarded.
            _tooLarge = true;
            _chunks.Discard(_headLength, _buffer.Span, ref _filled);
        }

        if (status != ReadState.Complete)
            return status;

        _bodyEnd = _chunks.BodyEnd;
        _unread = _chunks.Position;
        return _tooLarge ? ReadState.BodyTooLarge : ReadState.Complete;
    }

    ReadState ReadUntilClose()
    {
        if (_filled - _headLength > bodyBytesMax)
            _tooLarge = true;
        if (_tooLarge)
            _filled = _headLength;
        _bodyEnd = _filled;
        return ReadState.Incomplete;
    }

    /// <summary>Releases the buffer when the connection has ended.</summary>
    public void Dispose()
    {
        bound?.Release(Extra(_buffer.Length));
        _buffer.Dispose();
        _filled = _headLength = _bodyEnd = _unread = 0;
    }

    // A head and a small body always fit.
    int Extra(int size) => Math.Max(size - (2 * bufferBytes), 0);

    bool TryGrow(int needed)
    {
        if (needed <= _buffer.Length)
            return true;

        var size = (int)Math.Min(Math.Max((long)needed, _buffer.Length * 2L), Array.MaxLength);
        var more = Extra(size) - Extra(_buffer.Length);
        if (more > 0 && bound?.TryReserve(more, IsTrusted) == false)
            return false;

        if (_buffer.TryResize(size))
            return true;

        if (more > 0)
            bound?.Release(more);
        return false;
    }
}
