using LambdaLogs.Extension.Memory;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing;

/// <summary>A reusable buffer that grows as bytes are appended. One user at a time.</summary>
internal sealed class ByteBuffer
{
    const int KeptMax = 256 * 1024;

    readonly GrowingBuffer _buffer = new();
    int _written;

    /// <summary>The appended bytes; valid until the next append.</summary>
    public ReadOnlySpan<byte> Written => _buffer.Span[.._written];

    /// <summary>Clears the buffer, and releases it if it is unusually large.</summary>
    public void Clear()
    {
        _written = 0;
        _buffer.Trim(KeptMax);
    }

    /// <summary>Appends bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        ScanSteps.Add(bytes.Length);
        bytes.CopyTo(GetSpan(bytes.Length));
        _written += bytes.Length;
    }

    /// <summary>Appends one byte.</summary>
    public void Add(byte value)
    {
        GetSpan(1)[0] = value;
        _written++;
    }

    /// <summary>Free space after the appended bytes, to be committed by <see cref="Advance"/>.</summary>
    public Span<byte> GetSpan(int size)
    {
        _buffer.Grow(_written + size, _written);
        return _buffer.Span[_written..];
    }

    /// <summary>Commits bytes that the caller wrote into <see cref="GetSpan"/>.</summary>
    public void Advance(int count) => _written += count;
}
