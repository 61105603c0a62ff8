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

    Part _part;
    int _line;
    int _digits;
    int _trailer;
    long _left;

    enum Part
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
    public readonly bool IsDone => _part == Part.Done;

    /// <summary>Whether the input is not a valid chunk.</summary>
    public readonly bool IsMalformed => _part == Part.Malformed;

    /// <summary>Decodes the next bytes.</summary>
    /// <param name="bytes">The received bytes, at least one. Bytes after the end are not read.</param>
    /// <param name="data">The part of them that belongs to the body; often empty.</param>
    /// <returns>The number of bytes consumed; zero once the body is done or malformed.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (_part is Part.Done or Part.Malformed)
            return 0;

        if (_part == Part.Data)
        {
            data = bytes[..(int)Math.Min(_left, bytes.Length)];
            _left -= data.Length;
            _part = _left == 0 ? Part.DataEnd : Part.Data;
            return data.Length;
        }

        _part = Next(bytes[0]);
        return _part == Part.Malformed ? 0 : 1;
    }

    Part Next(byte octet) => _part switch
    {
        Part.Size => Size(octet),
        Part.Extension => ++_line > LineBytesMax ? Part.Malformed : octet == '\r' ? Part.SizeEnd : Part.Extension,
        Part.SizeEnd => octet == '\n' ? StartChunk() : Part.Malformed,
        Part.DataEnd => octet == '\r' ? Part.DataEndLine : Part.Malformed,
        Part.DataEndLine => octet == '\n' ? Part.Size : Part.Malformed,
        _ when ++_trailer > TrailerBytesMax => Part.Malformed,
        Part.TrailerStart => octet == '\r' ? Part.LastEnd : Part.Trailer,
        Part.Trailer => octet == '\r' ? Part.TrailerEnd : Part.Trailer,
        Part.TrailerEnd => octet == '\n' ? Part.TrailerStart : Part.Malformed,
        _ => octet == '\n' ? Part.Done : Part.Malformed,
    };

    Part Size(byte octet)
    {
        if (char.IsAsciiHexDigit((char)octet))
        {
            _left = (_left << 4) | (uint)HexValue(octet);
            return ++_digits > DigitsMax ? Part.Malformed : Part.Size;
        }

        if (_digits == 0 || octet is not ((byte)'\r' or (byte)';' or (byte)' ' or (byte)'\t'))
            return Part.Malformed;

        return octet == '\r' ? Part.SizeEnd : Part.Extension;
    }

    Part StartChunk()
    {
        var hasData = _left > 0;
        (_line, _digits) = (0, 0);
        return hasData ? Part.Data : Part.TrailerStart;
    }

    static int HexValue(byte octet) => octet <= '9' ? octet - '0' : (octet | 0x20) - 'a' + 10;
}
