namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// Decodes a chunked body incrementally; keeps no data. Source: <see href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1"/>.
/// </summary>
internal struct ChunkReader
{
    // Chunk extensions and trailers are not used. They are skipped up to these lengths.
    const int LineBytesMax = 1024;
    const int TrailerBytesMax = 16 * 1024;
    const int DigitsMax = 15;

    ChunkState _state;
    int _line;
    int _digits;
    int _trailer;
    long _left;

    enum ChunkState
    {
        Size,
        Extension,
        SizeEnd,
        Data,
        DataEnd,
        DataEndLine,
        TrailerStart,
        Trailer,
        TrailerEnd,
        LastEnd,
        Done,
        Malformed,
    }

    /// <summary>Whether the last chunk and its trailers were read.</summary>
    public readonly bool IsDone => _state == ChunkState.Done;

    /// <summary>Whether the input is not a valid chunk.</summary>
    public readonly bool IsMalformed => _state == ChunkState.Malformed;

    /// <summary>Decodes the next bytes.</summary>
    /// <param name="bytes">The received bytes, at least one. Bytes after the end are not read.</param>
    /// <param name="data">The part of them that belongs to the body; often empty.</param>
    /// <returns>The number of bytes consumed; zero once the body is done or malformed.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (_state is ChunkState.Done or ChunkState.Malformed)
            return 0;

        if (_state == ChunkState.Data)
        {
            data = bytes[..(int)Math.Min(_left, bytes.Length)];
            _left -= data.Length;
            _state = _left == 0 ? ChunkState.DataEnd : ChunkState.Data;
            return data.Length;
        }

        _state = Next(bytes[0]);
        return _state == ChunkState.Malformed ? 0 : 1;
    }

    ChunkState Next(byte octet) => _state switch
    {
        ChunkState.Size => Size(octet),
        ChunkState.Extension => ++_line > LineBytesMax ? ChunkState.Malformed : octet == '\r' ? ChunkState.SizeEnd : ChunkState.Extension,
        ChunkState.SizeEnd => octet == '\n' ? StartChunk() : ChunkState.Malformed,
        ChunkState.DataEnd => octet == '\r' ? ChunkState.DataEndLine : ChunkState.Malformed,
        ChunkState.DataEndLine => octet == '\n' ? ChunkState.Size : ChunkState.Malformed,
        _ when ++_trailer > TrailerBytesMax => ChunkState.Malformed,
        ChunkState.TrailerStart => octet == '\r' ? ChunkState.LastEnd : ChunkState.Trailer,
        ChunkState.Trailer => octet == '\r' ? ChunkState.TrailerEnd : ChunkState.Trailer,
        ChunkState.TrailerEnd => octet == '\n' ? ChunkState.TrailerStart : ChunkState.Malformed,
        _ => octet == '\n' ? ChunkState.Done : ChunkState.Malformed,
    };

    ChunkState Size(byte octet)
    {
        if (char.IsAsciiHexDigit((char)octet))
        {
            _left = (_left << 4) | (uint)HexValue(octet);
            return ++_digits > DigitsMax ? ChunkState.Malformed : ChunkState.Size;
        }

        if (_digits == 0 || octet is not ((byte)'\r' or (byte)';' or (byte)' ' or (byte)'\t'))
            return ChunkState.Malformed;

        return octet == '\r' ? ChunkState.SizeEnd : ChunkState.Extension;
    }

    ChunkState StartChunk()
    {
        var hasData = _left > 0;
        (_line, _digits) = (0, 0);
        return hasData ? ChunkState.Data : ChunkState.TrailerStart;
    }

    static int HexValue(byte octet) => octet <= '9' ? octet - '0' : (octet | 0x20) - 'a' + 10;
}
