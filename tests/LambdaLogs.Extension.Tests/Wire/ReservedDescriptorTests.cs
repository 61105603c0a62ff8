using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class ReservedDescriptorTests
{
    [Fact]
    public void It_is_in_reserve_from_the_start_and_released_once()
    {
        using var descriptor = new ReservedDescriptor();

        Assert.True(descriptor.IsHeld);
        Assert.True(descriptor.Release());
        Assert.False(descriptor.IsHeld);
        Assert.False(descriptor.Release());
    }

    [Fact]
    public void It_is_in_reserve_again_where_there_is_a_descriptor()
    {
        using var descriptor = new ReservedDescriptor();
        descriptor.Release();

        descriptor.Renew();

        Assert.True(descriptor.IsHeld);
        Assert.True(descriptor.Release());
    }
}
