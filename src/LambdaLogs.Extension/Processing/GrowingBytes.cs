namespace LambdaLogs.Extension.Processing;

/// <summary>Bytes written one behind the other into a buffer that grows and is used again. One user at a time.</summary>
internal sealed class GrowingBytes
{
    const int KeptMax = 256 * 1024;

    byte[] _bytes = [];
    int _written;

    /// <summary>What was written; valid until more is.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _written);

    /// <summary>Begins anew. Gives up a buffer that is unusually large.</summary>
    public void Clear()
    {
        _written = 0;
        if (_bytes.Length > KeptMax)
            _bytes = [];
    }

    /// <summary>Writes bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _written += bytes.Length;
    }

    /// <summary>Writes one byte.</summary>
    public void Add(byte value)
    {
        Room(1)[0] = value;
        _written++;
    }

    /// <summary>Room behind what was written, for <see cref="Take"/>.</summary>
    public Span<byte> Room(int size)
    {
        if (_written + size > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(256, Math.Max(_bytes.Length * 2, _written + size)));
        return _bytes.AsSpan(_written);
    }

    /// <summary>Takes bytes as written that the caller put into <see cref="Room"/>.</summary>
    public void Take(int count) => _written += count;
}
