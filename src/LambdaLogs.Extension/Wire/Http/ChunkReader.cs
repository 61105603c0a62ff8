namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// Takes a chunked body apart as it comes, in whichever pieces; keeps nothing of it.
/// Source: <see href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1"/>.
/// </summary>
internal struct ChunkReader
{
    // Extensions of a size line and trailers mean nothing to us: they are passed over, within reason.
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

    /// <summary>Whether the last chunk and its trailers have been read.</summary>
    public readonly bool IsDone => _part == Part.Done;

    /// <summary>Whether what came is no chunk.</summary>
    public readonly bool IsMalformed => _part == Part.Malformed;

    /// <summary>Takes the next piece.</summary>
    /// <param name="bytes">What has come, at least one byte; nothing behind the end is looked at.</param>
    /// <param name="data">The part of it that is body; most often one of the two is empty.</param>
    /// <returns>How many bytes were taken; zero once it is done or malformed.</returns>
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
