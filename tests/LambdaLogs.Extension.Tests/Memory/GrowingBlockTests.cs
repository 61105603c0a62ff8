using LambdaLogs.Extension.Memory;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Memory;

public sealed class GrowingBlockTests : IDisposable
{
    readonly GrowingBlock _block = new();

    public void Dispose() => _block.Dispose();

    [Fact]
    public void A_new_one_is_empty() => Assert.True(_block is { Length: 0, Span.IsEmpty: true });

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4097)]
    [InlineData(8 * 1024 * 1024)]
    public void What_both_sizes_have_in_common_is_kept(int bytes)
    {
        Assert.True(_block.TryResize(64));
        _block.Span.Fill(7);

        Assert.True(_block.TryResize(bytes));

        Assert.Equal(bytes, _block.Span.Length);
        Assert.False(_block.Span[..Math.Min(bytes, 64)].ContainsAnyExcept((byte)7));
    }

    [Fact]
    public void What_was_given_up_is_zero_when_it_comes_again()
    {
        _block.TryResize(100_000);
        _block.Span.Fill(7);
        _block.TryResize(10);
        _block.TryResize(100_000);

        Assert.False(_block.Span[4096..].ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void It_can_be_used_again_after_it_was_given_back()
    {
        _block.TryResize(100);
        _block.Dispose();
        Assert.Equal(0, _block.Length);

        Assert.True(_block.TryResize(0));
        Assert.True(_block.TryResize(10));
        Assert.Equal(10, _block.Span.Length);
    }

    [Fact]
    public void Nothing_of_it_is_on_the_managed_heap()
    {
        var allocated = Allocation.LeastOf(() =>
        {
            _block.TryResize(1024 * 1024);
            _block.TryResize(8 * 1024 * 1024);
            _block.Dispose();
        });

        Assert.InRange(allocated, 0, 1024);
    }
}
