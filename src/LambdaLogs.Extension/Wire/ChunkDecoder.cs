using System.Buffers.Text;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Decodes a chunked body in place: data is moved down over the chunk sizes. Source:
/// <see href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1"/>.
/// </summary>
/// <param name="start">Start of the body in the buffer.</param>
internal struct ChunkDecoder(int start)
{
    // A size has at most 8 digits here; chunk extensions are skipped up to this length.
    const int LineBytesMax = 1024;

    ChunkState _state;
    long _left;

    enum ChunkState
    {
        Size,
        Data,
        DataEnd,
        Trailer,
        Done,
    }

    /// <summary>End of the decoded body.</summary>
    public int BodyEnd { get; private set; } = start;

    /// <summary>Offset of the first byte that was not decoded yet.</summary>
    public int Position { get; private set; } = start;

    /// <summary>Decodes the received bytes.</summary>
    /// <param name="buffer">The buffer.</param>
    /// <param name="filled">The number of valid bytes in the buffer; it decreases when data is moved down.</param>
    public ReadState Decode(Span<byte> buffer, ref int filled)
    {
        while (_state != ChunkState.Done)
        {
            var state = _state switch
            {
                ChunkState.Size => ReadSize(buffer, filled),
                ChunkState.Data => ReadData(buffer, filled),
                ChunkState.DataEnd => ReadDataEnd(buffer, filled),
                _ => ReadTrailer(buffer, filled),
            };
            if (state == ReadState.Incomplete)
                Compact(buffer, ref filled);
            if (state != ReadState.Complete)
                return state;
        }

        return ReadState.Complete;
    }

    /// <summary>Discards the decoded data; decoding continues to find the end.</summary>
    public void Discard(int bodyStart, Span<byte> buffer, ref int filled)
    {
        BodyEnd = bodyStart;
        Compact(buffer, ref filled);
    }

    ReadState ReadSize(Span<byte> buffer, int filled)
    {
        if (!TryLine(buffer, filled, out var line, out var tooLong))
            return tooLong ? ReadState.Malformed : ReadState.Incomplete;

        var digits = line.IndexOfAnyExcept("0123456789abcdefABCDEF"u8);
        digits = digits < 0 ? line.Length : digits;
        var known = digits is > 0 and <= 8 && Utf8Parser.TryParse(line[..digits], out _left, out _, 'x');
        if (!known || (digits < line.Length && line[digits] is not ((byte)';' or (byte)' ' or (byte)'\t')))
            return ReadState.Malformed;

        _state = _left == 0 ? ChunkState.Trailer : ChunkState.Data;
        return ReadState.Complete;
    }

    ReadState ReadData(Span<byte> buffer, int filled)
    {
        var count = (int)Math.Min(_left, filled - Position);
        buffer.Slice(Position, count).CopyTo(buffer[BodyEnd..]);
        BodyEnd += count;
        Position += count;
        _left -= count;
        if (_left > 0)
            return ReadState.Incomplete;

        _state = ChunkState.DataEnd;
        return ReadState.Complete;
    }

    ReadState ReadDataEnd(Span<byte> buffer, int filled)
    {
        if (filled - Position < 2)
            return ReadState.Incomplete;
        if (!buffer[Position..].StartsWith("\r\n"u8))
            return ReadState.Malformed;

        Position += 2;
        _state = ChunkState.Size;
        return ReadState.Complete;
    }

    ReadState ReadTrailer(Span<byte> buffer, int filled)
    {
        if (!TryLine(buffer, filled, out var line, out var tooLong))
            return tooLong ? ReadState.Malformed : ReadState.Incomplete;

        _state = line.IsEmpty ? ChunkState.Done : ChunkState.Trailer;
        return ReadState.Complete;
    }

    bool TryLine(Span<byte> buffer, int filled, out ReadOnlySpan<byte> line, out bool tooLong)
    {
        var rest = buffer.Slice(Position, filled - Position);
        var end = rest.IndexOf("\r\n"u8);
        // The same limit whether or not the end has arrived, so that the result does not depend on how the line is split.
        tooLong = end < 0 ? rest.Length > LineBytesMax + 1 : end > LineBytesMax;
        if (end < 0 || tooLong)
        {
            line = default;
            return false;
        }

        line = rest[..end];
        Position += end + 2;
        return true;
    }

    void Compact(Span<byte> buffer, ref int filled)
    {
        var rest = filled - Position;
        buffer.Slice(Position, rest).CopyTo(buffer[BodyEnd..]);
        Position = BodyEnd;
        filled = BodyEnd + rest;
    }
}
