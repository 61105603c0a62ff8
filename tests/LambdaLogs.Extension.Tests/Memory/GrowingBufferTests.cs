using LambdaLogs.Extension.Memory;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Memory;

public sealed class GrowingBufferTests
{
    readonly GrowingBuffer _buffer = new();

    [Theory]
    [InlineData(10, 100)]
    [InlineData(1000, GrowingBuffer.ManagedMax)]
    [InlineData(1000, GrowingBuffer.ManagedMax + 1)]
    [InlineData(GrowingBuffer.ManagedMax, 3_000_000)]
    [InlineData(100_000, 3_000_000)]
    public void What_is_in_it_is_kept_while_it_grows(int from, int to)
    {
        _buffer.Grow(from);
        _buffer.Span[..from].Fill(7);

        _buffer.Grow(to, from);

        Assert.InRange(_buffer.Length, to, 2 * Math.Max(to, 1024));
        Assert.Equal(_buffer.Length, _buffer.Span.Length);
        Assert.False(_buffer.Span[..from].ContainsAnyExcept((byte)7));
        GC.KeepAlive(_buffer);
    }

    [Fact]
    public void What_is_large_is_not_on_the_managed_heap()
    {
        var allocated = Allocation.LeastOf(() =>
        {
            var buffer = new GrowingBuffer();
            buffer.Grow(8 * 1024 * 1024);
            buffer.Span.Fill(7);
            buffer.Trim(0);
        });

        Assert.InRange(allocated, 0, 1024);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(100_000, 100_000)]
    public void What_is_unusually_large_is_given_back(int bytesMax, int left)
    {
        _buffer.Grow(1_000_000);
        _buffer.Trim(bytesMax);

        Assert.Equal(left, _buffer.Length);
        _buffer.Grow(200_000);
        _buffer.Span.Fill(7);
        GC.KeepAlive(_buffer);
    }

    [Fact]
    public void What_is_small_is_kept()
    {
        _buffer.Grow(1000);
        var length = _buffer.Length;
        _buffer.Trim(0);

        Assert.Equal(length, _buffer.Length);
    }
}
