using LambdaLogs.Extension.Lifecycle;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class InvocationFrequencyTests
{
    readonly InvocationFrequency _traffic = new();
    DateTimeOffset _now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    [Fact]
    public void Several_quick_gaps_in_a_row_make_quick_traffic()
    {
        Gap(10);
        Assert.False(_traffic.IsHigh);
        Gap(1000);
        Gap(500);
        Assert.False(_traffic.IsHigh);

        Gap(0);

        Assert.True(_traffic.IsHigh);
    }

    [Fact]
    public void The_gap_before_the_first_invocation_says_nothing()
    {
        Gap(1);
        Gap(1);
        Gap(1);

        Assert.False(_traffic.IsHigh);
    }

    [Fact]
    public void One_long_gap_ends_quick_traffic_and_it_has_to_show_again()
    {
        for (var count = 0; count < 10; count++)
            Gap(10);
        Assert.True(_traffic.IsHigh);

        Gap(1001);
        Assert.False(_traffic.IsHigh);

        Gap(10);
        Gap(10);
        Assert.False(_traffic.IsHigh);
        Gap(10);
        Assert.True(_traffic.IsHigh);
    }

    [Fact]
    public void A_gap_is_measured_by_the_wall_clock()
    {
        Gap(10);

        Assert.Equal(TimeSpan.FromMilliseconds(700), Gap(700));
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_no_gap() => Assert.Equal(TimeSpan.Zero, Gap(-5000));

    [Theory]
    [InlineData(4000, 1000)]
    [InlineData(-4000, 5000)]
    public void A_gap_begins_when_the_handler_ended_where_that_was_later(int endedMs, int gapMs)
    {
        _traffic.RecordNextCall(_now);

        var gap = _traffic.RecordInvocation(_now.AddMilliseconds(5000), handlerEnded: _now.AddMilliseconds(endedMs));

        Assert.Equal(TimeSpan.FromMilliseconds(gapMs), gap);
    }

    TimeSpan Gap(int ms)
    {
        _traffic.RecordNextCall(_now);
        _now = _now.AddMilliseconds(ms);
        return _traffic.RecordInvocation(_now, handlerEnded: null);
    }
}
