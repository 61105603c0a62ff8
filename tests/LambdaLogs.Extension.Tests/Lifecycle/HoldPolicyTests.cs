using LambdaLogs.Extension.Lifecycle;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class HoldPolicyTests
{
    [Theory]
    [InlineData((int)FlushMode.End, false, true)]
    [InlineData((int)FlushMode.End, true, true)]
    [InlineData((int)FlushMode.Next, false, false)]
    [InlineData((int)FlushMode.Next, true, false)]
    [InlineData((int)FlushMode.Auto, false, true)]
    [InlineData((int)FlushMode.Auto, true, false)]
    public void The_mode_decides_and_in_auto_the_traffic(int mode, bool quick, bool holds) =>
        Assert.Equal(holds, Holds(new HoldInputs { Mode = (FlushMode)mode, InvocationsAreFrequent = quick }));

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    public void Nothing_is_held_while_the_endpoint_may_not_be_tried(int ms, bool holds) =>
        Assert.Equal(holds, Holds(new HoldInputs { Mode = FlushMode.End, UntilAttempt = TimeSpan.FromMilliseconds(ms) }));

    [Fact]
    public void Nothing_is_held_where_the_platform_does_not_tell_the_end_of_handlers() =>
        Assert.False(Holds(new HoldInputs { Mode = FlushMode.End, RuntimeDoneMissing = true }));

    static bool Holds(in HoldInputs facts) => HoldPolicy.Decide(facts) == HoldDecision.HoldUntilDelivered;
}
