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

        var compressed = _compressor.Compress(body, "1");

        Assert.Equal(body, Plain(compressed));
    }

    [Fact]
    public void A_batch_is_compressed_once_however_often_it_is_sent()
    {
        var first = _compressor.Compress(Body(1000), "1").ToArray();

        var again = _compressor.Compress(Body(1000).Reverse().ToArray(), "1");

        Assert.Equal(first, again);
        Assert.Equal(Body(1000), Plain(again));
    }

    [Fact]
    public void A_batch_that_has_become_shorter_is_compressed_again()
    {
        _compressor.Compress(Body(1000), "1");

        Assert.Equal(Body(500), Plain(_compressor.Compress(Body(500), "1")));
    }

    [Fact]
    public void The_buffer_serves_one_batch_after_the_other()
    {
        _compressor.Compress(Body(5000), "1");

        Assert.Equal(Body(100), Plain(_compressor.Compress(Body(100), "2")));
    }

    [Fact]
    public void Nothing_of_a_large_body_is_on_the_managed_heap()
    {
        var noise = new byte[2 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        _compressor.Compress(Body(100), "1");
        var before = GC.GetAllocatedBytesForCurrentThread();

        _compressor.Compress(noise, "2");

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    static byte[] Body(int size) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, size / 4 + 1).Select(i => $"{i:x4}"))[..size]);

    static byte[] Plain(ReadOnlySpan<byte> compressed)
    {
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(compressed.ToArray()), CompressionMode.Decompress))
            gzip.CopyTo(plain);

        return plain.ToArray();
    }
}
