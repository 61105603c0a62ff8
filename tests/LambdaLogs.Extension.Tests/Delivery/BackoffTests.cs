using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class BackoffTests
{
    const double AlmostOne = 1 - 1e-12;

    static readonly RetryOptions Options = new() { FirstDelay = TimeSpan.FromMilliseconds(100), MaxDelay = TimeSpan.FromSeconds(2) };

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 200)]
    [InlineData(3, 400)]
    [InlineData(5, 1600)]
    [InlineData(6, 2000)]
    [InlineData(21, 2000)]
    [InlineData(int.MaxValue, 2000)]
    public void The_bound_doubles_up_to_the_longest_wait(int attempt, int boundMs)
    {
        var wait = Backoff.Delay(attempt, Options, AlmostOne);

        Assert.InRange(wait.TotalMilliseconds, boundMs - 0.01, boundMs);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 50)]
    [InlineData(0.25, 25)]
    public void The_wait_is_a_random_part_of_the_bound(double unit, int expectedMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMs), Backoff.Delay(1, Options, unit));

    [Fact]
    public void No_options_can_overflow_it()
    {
        var endless = new RetryOptions { FirstDelay = TimeSpan.MaxValue, MaxDelay = TimeSpan.FromHours(1) };

        Assert.InRange(Backoff.Delay(int.MaxValue, endless, AlmostOne), TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_longest_wait_below_the_first_bounds_the_first_too()
    {
        var options = new RetryOptions { FirstDelay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromMilliseconds(10) };

        Assert.InRange(Backoff.Delay(1, options, AlmostOne).TotalMilliseconds, 9.9, 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void There_is_no_wait_before_the_first_attempt(int attempt) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Backoff.Delay(attempt, Options, 0));
}
