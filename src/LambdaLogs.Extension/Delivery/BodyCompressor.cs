using System.IO.Compression;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Compresses bodies: each batch once, however often it is sent, into a buffer that serves one batch after the other. For the thread that
/// sends.
/// </summary>
internal sealed class BodyCompressor
{
    // The native code behind it is fast up to here: 12 % of 200 KB of log lines are left after 0.3 ms. One level less leaves 16 % and saves
    // 0.07 ms; the framework's default leaves 11 % and takes 0.8 ms (docs/transport.md).
    const int Level = 2;

    // A larger buffer is given back: one huge batch must not cost its memory for ever.
    const int KeptBytesMax = 1024 * 1024;

    MemoryStream _buffer = new();
    string? _batchId;
    int _plainLength;

    /// <summary>The compressed body of a batch; valid until the next batch is compressed.</summary>
    /// <param name="body">The batch's body; the same for the same id.</param>
    /// <param name="batchId">The batch's id.</param>
    public ReadOnlyMemory<byte> Compress(ReadOnlySpan<byte> body, string batchId)
    {
        if (_batchId != batchId || _plainLength != body.Length)
            Fill(body);

        (_batchId, _plainLength) = (batchId, body.Length);
        return _buffer.GetBuffer().AsMemory(0, (int)_buffer.Length);
    }

    void Fill(ReadOnlySpan<byte> body)
    {
        if (_buffer.Capacity > KeptBytesMax)
            _buffer = new MemoryStream();

        _buffer.SetLength(0);
        using var gzip = new GZipStream(_buffer, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true);
        gzip.Write(body);
    }
}
