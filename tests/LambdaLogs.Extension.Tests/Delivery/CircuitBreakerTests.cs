using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class CircuitBreakerTests
{
    readonly ManualClock _clock = new();
    readonly CircuitBreaker _breaker;
    double _unit = 0.5;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(_clock, () => _unit);

    [Fact]
    public void Two_failures_leave_it_closed()
    {
        Fail(2);

        Assert.False(_breaker.IsOpen);
        Assert.Null(_breaker.NextProbe);
        Assert.True(_breaker.TryBeginAttempt());
        Assert.True(_breaker.TryBeginAttempt());
    }

    [Fact]
    public void The_third_failure_in_a_row_opens_it()
    {
        Fail(3);

        Assert.True(_breaker.IsOpen);
        Assert.False(_breaker.TryBeginAttempt());
    }

    [Fact]
    public void A_success_between_failures_starts_the_count_again()
    {
        Fail(2);
        _breaker.Succeeded();
        Fail(2);

        Assert.False(_breaker.IsOpen);
    }

    [Fact]
    public void A_probe_is_due_after_the_wait_and_not_before()
    {
        Fail(3);

        _clock.Jump(TimeSpan.FromMilliseconds(749));
        Assert.False(_breaker.TryBeginAttempt());

        _clock.Jump(TimeSpan.FromMilliseconds(1));
        Assert.True(_breaker.TryBeginAttempt());
    }

    [Fact]
    public void Only_one_probe_goes_at_a_time()
    {
        Fail(3);
        _clock.Jump(TimeSpan.FromSeconds(1));

        Assert.True(_breaker.TryBeginAttempt());
        Assert.False(_breaker.TryBeginAttempt());
        Assert.True(_breaker.IsOpen);
    }

    [Fact]
    public void A_probe_that_never_reports_is_followed_by_another()
    {
        Fail(3);
        _clock.Jump(TimeSpan.FromSeconds(1));
        Assert.True(_breaker.TryBeginAttempt());

        _clock.Jump(TimeSpan.FromSeconds(1));
        Assert.True(_breaker.TryBeginAttempt());
    }

    [Fact]
    public void A_probe_that_succeeds_closes_it()
    {
        Fail(3);
        _clock.Jump(TimeSpan.FromSeconds(1));
        Assert.True(_breaker.TryBeginAttempt());
        _breaker.Succeeded();

        Assert.False(_breaker.IsOpen);
        Assert.True(_breaker.TryBeginAttempt());
        Assert.True(_breaker.TryBeginAttempt());
    }

    [Fact]
    public void Waits_double_with_each_failed_probe_up_to_a_minute()
    {
        _unit = 1 - 1e-9;
        Fail(3);
        var waits = new List<int>();
        for (var probe = 0; probe < 8; probe++)
        {
            var wait = _breaker.NextProbe!.Value - _clock.GetUtcNow();
            waits.Add((int)Math.Round(wait.TotalSeconds));
            _clock.Jump(wait);
            Assert.True(_breaker.TryBeginAttempt());
            _breaker.Failed();
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Theory]
    [InlineData(0, 500)]
    [InlineData(0.5, 750)]
    [InlineData(0.998, 999)]
    public void Half_of_a_wait_is_random(double unit, int expectedMs)
    {
        _unit = unit;
        Fail(3);

        Assert.Equal(TimeSpan.FromMilliseconds(expectedMs), _breaker.NextProbe - _clock.GetUtcNow());
    }

    [Fact]
    public void A_freeze_makes_the_probe_due()
    {
        Fail(20);
        Assert.False(_breaker.TryBeginAttempt());

        _clock.Jump(TimeSpan.FromHours(3));

        Assert.True(_breaker.TryBeginAttempt());
    }

    [Fact]
    public void A_clock_that_is_set_back_makes_the_probe_due()
    {
        Fail(3);

        _clock.Jump(TimeSpan.FromDays(-1));

        Assert.True(_breaker.TryBeginAttempt());
        Assert.False(_breaker.TryBeginAttempt());
    }

    [Fact]
    public async Task Many_threads_get_one_probe_between_them()
    {
        Fail(3);
        _clock.Jump(TimeSpan.FromSeconds(1));

        var cancel = TestContext.Current.CancellationToken;
        var tries = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(_breaker.TryBeginAttempt, cancel)));

        Assert.Single(tries, may => may);
    }

    [Fact]
    public void Failures_without_end_do_not_overflow()
    {
        var state = new BreakerState(int.MaxValue, null).AfterFailure(_clock.GetUtcNow(), 0.9);

        Assert.Equal(int.MaxValue, state.Failures);
        Assert.InRange(state.NextProbe!.Value - _clock.GetUtcNow(), TimeSpan.FromSeconds(30), BreakerState.LongestWait);
    }

    void Fail(int times)
    {
        for (var time = 0; time < times; time++)
            _breaker.Failed();
    }
}
