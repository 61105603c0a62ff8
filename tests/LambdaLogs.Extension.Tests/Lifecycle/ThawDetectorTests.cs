using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class ThawDetectorTests
{
    readonly ManualClock _clock = new();

    [Theory]
    [InlineData(0, 0, (int)ThawKind.None)]
    [InlineData(4999, 4999, (int)ThawKind.None)]
    [InlineData(5000, 5000, (int)ThawKind.Likely)]
    [InlineData(1999, 1000, (int)ThawKind.None)]
    [InlineData(2000, 1000, (int)ThawKind.Certain)]
    [InlineData(3_600_000, 10, (int)ThawKind.Certain)]
    [InlineData(6000, 5500, (int)ThawKind.Likely)]
    [InlineData(-3_600_000, 10, (int)ThawKind.None)]
    public void A_freeze_is_known_by_both_clocks(int wallMs, int monotonicMs, int expected) =>
        Assert.Equal((ThawKind)expected, ThawDetector.Classify(TimeSpan.FromMilliseconds(wallMs), TimeSpan.FromMilliseconds(monotonicMs)));

    [Fact]
    public void After_a_freeze_everything_under_way_is_sent_again()
    {
        var thaw = new ThawDetector(_clock);
        _clock.Advance(60_000);
        thaw.Mark();
        _clock.Jump(TimeSpan.FromMinutes(10));

        Assert.Equal(ThawKind.Certain, thaw.Detect(out var begunBefore));
        Assert.Equal(long.MaxValue, begunBefore);
    }

    [Fact]
    public void After_a_long_gap_only_what_is_as_old_as_the_gap_is_sent_again()
    {
        var thaw = new ThawDetector(_clock);
        thaw.Mark();
        _clock.Advance(7000);

        Assert.Equal(ThawKind.Likely, thaw.Detect(out var begunBefore));
        Assert.Equal(TimeSpan.FromSeconds(5), _clock.GetElapsedTime(begunBefore));
    }

    [Fact]
    public void A_look_is_at_the_time_since_the_last_mark()
    {
        var thaw = new ThawDetector(_clock);
        _clock.Jump(TimeSpan.FromMinutes(10));
        thaw.Mark();
        _clock.Advance(100);

        Assert.Equal(ThawKind.None, thaw.Detect(out _));
    }
}
