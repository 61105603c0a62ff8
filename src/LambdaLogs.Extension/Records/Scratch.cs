using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Records;

/// <summary>A reusable buffer. One user at a time, one thread.</summary>
internal sealed class Scratch
{
    /// <summary>Largest buffer that is kept between POSTs, so that one huge record does not occupy memory permanently.</summary>
    const int KeptMax = 256 * 1024;

    readonly GrowingBuffer _buffer = new();

    /// <summary>Returns a buffer of the given size with undefined content. Invalidates the previous one.</summary>
    public Span<byte> Take(int size)
    {
        if (size <= GrowingBuffer.ManagedMax)
            Trim();
        _buffer.Grow(size);
        return _buffer.Span;
    }

    /// <summary>Releases an unusually large buffer.</summary>
    public void Trim() => _buffer.Trim(KeptMax);
}
