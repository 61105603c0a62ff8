using LambdaLogs.Emulator.Sandbox;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class ControlGroupTests
{
    [Fact]
    public void Memory_buys_a_share_of_the_processor()
    {
        Assert.Equal(7_235, ControlGroup.Quota(128));
        Assert.Equal(100_000, ControlGroup.Quota(1_769));
        Assert.Equal(578_858, ControlGroup.Quota(10_240));
    }

    [Fact]
    public void A_group_is_there_until_it_is_disposed()
    {
        var (group, missing) = ControlGroup.Create(512);
        Assert.SkipWhen(group is null, missing ?? "");
        Assert.True(Directory.Exists(group.Directory));
        group.Dispose();
        Assert.False(Directory.Exists(group.Directory));
    }
}
