using System.IO.Compression;

namespace LambdaLogs.Emulator.Destination;

/// <summary>HTTP content codings: gzip, deflate, br and zstd, also stacked.</summary>
/// <remarks>Source: <see href="https://www.rfc-editor.org/rfc/rfc9110#name-content-codings"/></remarks>
internal static class ContentCoding
{
    /// <summary>Decompresses a body by its <c>Content-Encoding</c>. Throws InvalidDataException with the reason.</summary>
    /// <param name="encoding">The header's value. Null or empty: the body is returned unchanged.</param>
    /// <param name="body">The body as received.</param>
    public static byte[] Decode(string? encoding, ReadOnlyMemory<byte> body)
    {
        var content = body.ToArray();
        var codings = (encoding ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

        // The header lists the codings in the order in which they were applied.
        foreach (var coding in codings.Reverse())
            content = DecodeOne(coding.ToLowerInvariant(), content);
        return content;
    }

    static byte[] DecodeOne(string coding, byte[] body)
    {
        try
        {
            using var sent = new MemoryStream(body);
            using Stream? plain = coding switch
            {
                "gzip" or "x-gzip" => new GZipStream(sent, CompressionMode.Decompress),
                "deflate" => Deflate(body, sent),
                "br" => new BrotliStream(sent, CompressionMode.Decompress),
                "zstd" => new ZstdSharp.DecompressionStream(sent),
                "identity" => sent,
                _ => null,
            };
            if (plain is null)
                throw new InvalidDataException($"content encoding {coding} is not supported");

            using var content = new MemoryStream();
            plain.CopyTo(content);
            return content.ToArray();
        }
        catch (Exception e) when (e is InvalidOperationException or EndOfStreamException or ZstdSharp.ZstdException
            || (e is InvalidDataException && !e.Message.EndsWith("is not supported", StringComparison.Ordinal)))
        {
            throw new InvalidDataException($"the body is not valid {coding}", e);
        }
    }

    /// <summary>HTTP's <c>deflate</c> is the zlib format (RFC 9110); some clients send raw deflate data without the zlib header.</summary>
    static Stream Deflate(byte[] body, MemoryStream sent) =>
        body is [var first, var second, ..] && (first & 0x0F) == 8 && ((first << 8) + second) % 31 == 0
            ? new ZLibStream(sent, CompressionMode.Decompress)
            : new DeflateStream(sent, CompressionMode.Decompress);
}
