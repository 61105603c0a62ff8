using System.IO.Compression;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Compresses bodies, each batch once for all of its attempts, into a buffer that is reused for the next batch. For one thread at a time.
/// </summary>
internal sealed class BodyCompressor
{
    // The native code is fast up to this level: 200 KB of log lines become 12 % in 0.3 ms. One level less gives 16 % and saves 0.07 ms;
    // the framework's default gives 11 % and takes 0.8 ms (docs/transport.md).
    const int Level = 2;

    readonly BlockStream _buffer = new();
    string? _batchId;
    int _plainLength;

    /// <summary>Returns the compressed body of a batch; valid until the next batch is compressed.</summary>
    /// <param name="body">The batch's body. It is the same for the same id.</param>
    /// <param name="batchId">The batch's id.</param>
    public ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> body, string batchId)
    {
        if (_batchId != batchId || _plainLength != body.Length)
            Fill(body);

        (_batchId, _plainLength) = (batchId, body.Length);
        return _buffer.Written;
    }

    void Fill(ReadOnlySpan<byte> body)
    {
        _buffer.Clear();
        using var gzip = new GZipStream(_buffer, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true);
        gzip.Write(body);
    }
}
