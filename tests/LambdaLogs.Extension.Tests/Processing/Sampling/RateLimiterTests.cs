using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Sampling;

public sealed class RateLimiterTests
{
    [Fact]
    public void A_burst_passes_and_then_as_many_as_come_free()
    {
        var rig = new RuleRig(new RuleOptions { RateLimit = new(PerSecond: 10, Burst: 20) });
        Lines(rig, 50);
        Assert.Equal(20, rig.Kept.Count);

        rig.Clock.Advance(TimeSpan.FromMilliseconds(500));
        Lines(rig, 50);
        Assert.Equal(25, rig.Kept.Count);

        rig.Clock.Advance(TimeSpan.FromHours(1));
        Lines(rig, 50);
        Assert.Equal(45, rig.Kept.Count);
        Assert.Equal(105, rig.RemovedBy(Rule.RateLimit));
    }

    [Fact]
    public void Events_are_not_limited()
    {
        var rig = new RuleRig(new RuleOptions { RateLimit = new(1, 1) });
        Lines(rig, 5);
        rig.Event(EventKind.Report);
        Assert.Equal(["line", "Report"], rig.Messages);
    }

    static void Lines(RuleRig rig, int count)
    {
        for (var number = 0; number < count; number++)
            rig.Line("line");
    }
}
