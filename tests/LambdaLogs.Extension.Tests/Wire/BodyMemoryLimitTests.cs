using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class BodyMemoryLimitTests
{
    readonly BodyMemoryLimit _bound = new(100);

    [Fact]
    public void Half_of_it_is_for_everybody_and_all_for_the_trusted()
    {
        Assert.True(_bound.TryReserve(50, isTrusted: false));
        Assert.False(_bound.TryReserve(1, isTrusted: false));
        Assert.True(_bound.TryReserve(50, isTrusted: true));
        Assert.False(_bound.TryReserve(1, isTrusted: true));
        Assert.Equal(100, _bound.Bytes);
    }

    [Fact]
    public void What_is_given_back_can_be_taken_again()
    {
        _bound.TryReserve(50, isTrusted: false);

        _bound.Release(50);

        Assert.True(_bound.TryReserve(50, isTrusted: false));
    }
}
