using System.IO.Compression;
using System.Text;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.Emulator.Tests.Destination;

public sealed class ContentCodingTests
{
    static readonly byte[] Plain = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a line of a log, ", 200)));

    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    [InlineData("ZSTD")]
    [InlineData("identity")]
    [InlineData("")]
    [InlineData(null)]
    public void Every_coding_is_undone(string? coding) => Assert.Equal(Plain, ContentCoding.Decode(coding, Encode(coding, Plain)));

    [Fact]
    public void Codings_over_each_other_are_undone_from_the_last() =>
        Assert.Equal(Plain, ContentCoding.Decode("gzip, br", Encode("br", Encode("gzip", Plain))));

    [Fact]
    public void Deflate_without_the_head_of_zlib_is_understood() =>
        Assert.Equal(Plain, ContentCoding.Decode("deflate", Through(s => new DeflateStream(s, CompressionMode.Compress), Plain)));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public void What_is_no_such_coding_is_said(string coding) => Assert.Equal(
        $"the body is not valid {coding}",
        Assert.Throws<InvalidDataException>(() => ContentCoding.Decode(coding, "no such thing at all"u8.ToArray())).Message);

    [Fact]
    public void A_coding_that_is_not_known_is_named() => Assert.Equal(
        "content encoding compress is not supported",
        Assert.Throws<InvalidDataException>(() => ContentCoding.Decode("compress", Plain)).Message);

    static byte[] Encode(string? coding, byte[] body) => coding?.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => Through(s => new GZipStream(s, CompressionMode.Compress), body),
        "deflate" => Through(s => new ZLibStream(s, CompressionMode.Compress), body),
        "br" => Through(s => new BrotliStream(s, CompressionMode.Compress), body),
        "zstd" => Through(s => new ZstdSharp.CompressionStream(s), body),
        _ => body,
    };

    static byte[] Through(Func<Stream, Stream> compress, byte[] body)
    {
        using var sent = new MemoryStream();
        using (var stream = compress(sent))
            stream.Write(body);
        return sent.ToArray();
    }
}
