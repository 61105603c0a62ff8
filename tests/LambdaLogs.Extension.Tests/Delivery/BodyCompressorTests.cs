using System.IO.Compression;
using System.Text;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class BodyCompressorTests
{
    readonly BodyCompressor _compressor = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(3_000_000)]
    public void A_body_comes_back_as_it_was(int size)
    {
        var body = Body(size);

        using var compressed = _compressor.Compress(body, "1");

        Assert.Equal(body, Plain(compressed));
    }

    [Fact]
    public void A_batch_is_compressed_once_however_often_it_is_sent()
    {
        var body = Body(1000);
        CompressedBody first;
        using (first = _compressor.Compress(body, "1"))
        {
        }

        using var again = _compressor.Compress(body, "1");

        Assert.Same(first, again);
        Assert.Equal(body, Plain(again));
    }

    [Fact]
    public void The_buffer_serves_one_batch_after_the_other()
    {
        MemoryStream buffer;
        using (var first = _compressor.Compress(Body(5000), "1"))
            buffer = first.Buffer;

        using var second = _compressor.Compress(Body(100), "2");

        Assert.Same(buffer, second.Buffer);
        Assert.Equal(Body(100), Plain(second));
    }

    [Fact]
    public void A_buffer_that_is_still_sent_is_left_alone()
    {
        using var first = _compressor.Compress(Body(1000), "1");
        using var second = _compressor.Compress(Body(2000), "2");
        using var third = _compressor.Compress(Body(3000), "3");

        Assert.Equal(Body(1000), Plain(first));
        Assert.Equal(Body(2000), Plain(second));
        Assert.Equal(Body(3000), Plain(third));
    }

    [Fact]
    public void A_huge_buffer_is_given_back()
    {
        var noise = new byte[2 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        MemoryStream buffer;
        using (var first = _compressor.Compress(noise, "1"))
            buffer = first.Buffer;

        using var second = _compressor.Compress(Body(100), "2");

        Assert.NotSame(buffer, second.Buffer);
    }

    static byte[] Body(int size) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, size / 4 + 1).Select(i => $"{i:x4}"))[..size]);

    static byte[] Plain(CompressedBody compressed)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(compressed.Bytes.ToArray()), CompressionMode.Decompress))
            gzip.CopyTo(plain);

        return plain.ToArray();
    }
}
