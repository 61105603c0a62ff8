using System.IO.Compression;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Compresses bodies: each batch once, however often it is sent, into a buffer that serves one batch after the other. Safe for calls from
/// several threads.
/// </summary>
internal sealed class BodyCompressor
{
    // The native code behind it is fast up to here: 12 % of 200 KB of log lines are left after 0.3 ms. One level less leaves 16 % and saves
    // 0.07 ms; the framework's default leaves 11 % and takes 0.8 ms (docs/transport.md).
    const int Level = 2;

    // A larger buffer is given back: one huge batch must not cost its memory for ever.
    const int KeptBytesMax = 1024 * 1024;

    readonly Lock _gate = new();
    CompressedBody? _last;

    /// <summary>The compressed body of a batch, to be disposed after the attempt: then its buffer may serve another batch.</summary>
    /// <param name="body">The batch's body; the same for the same id.</param>
    /// <param name="batchId">The batch's id.</param>
    public CompressedBody Compress(ReadOnlyMemory<byte> body, string batchId)
    {
        lock (_gate)
        {
            if (_last is not { } last || last.BatchId != batchId || last.PlainLength != body.Length)
                _last = last = Fill(body.Span, batchId);

            last.Users++;
            return last;
        }
    }

    /// <summary>An attempt is over.</summary>
    internal void Leave(CompressedBody body)
    {
        lock (_gate)
            body.Users--;
    }

    CompressedBody Fill(ReadOnlySpan<byte> body, string batchId)
    {
        // A buffer that another attempt still sends is left to it.
        var buffer = _last is { Users: 0, Buffer: { Capacity: <= KeptBytesMax } spare } ? spare : new MemoryStream();
        buffer.SetLength(0);
        using (var gzip = new GZipStream(buffer, new ZLibCompressionOptions { CompressionLevel = Level }, leaveOpen: true))
            gzip.Write(body);

        return new CompressedBody(this, buffer, batchId, body.Length);
    }
}
