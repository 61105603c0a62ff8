using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Delivery;

/// <summary>A stream to write to whose memory is outside of the managed heap. For one thread.</summary>
internal sealed class BlockStream : Stream
{
    // A larger buffer is released, so that one huge batch does not occupy memory permanently.
    const int KeptMax = 1024 * 1024;

    readonly GrowingBuffer _buffer = new();
    int _written;

    /// <summary>The written bytes; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.Span[.._written];

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => _written;

    /// <inheritdoc/>
    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    /// <summary>Clears it for the next body.</summary>
    public void Clear()
    {
        _written = 0;
        _buffer.Trim(KeptMax);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _buffer.Grow(_written + buffer.Length, _written);
        buffer.CopyTo(_buffer.Span[_written..]);
        _written += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
