using LambdaLogs.Extension.Lifecycle;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class BudgetTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    [Theory]
    [InlineData(3000, 2900)]
    [InlineData(900_000, 899_900)]
    [InlineData(101, 1)]
    [InlineData(100, 0)]
    [InlineData(0, 0)]
    [InlineData(-5000, 0)]
    public void The_end_of_the_handler_is_waited_for_until_a_margin_before_the_deadline(int deadlineMs, int expectedMs) =>
        Assert.Equal(Ms(expectedMs), Budget.ForRuntimeDone(Now, Now + Ms(deadlineMs)));

    [Fact]
    public void Without_a_deadline_the_end_of_the_handler_is_not_waited_for()
    {
        Assert.Equal(TimeSpan.Zero, Budget.ForRuntimeDone(Now, DateTimeOffset.MaxValue));
        Assert.Equal(TimeSpan.Zero, Budget.ForRuntimeDone(Now, Now.AddYears(1)));
    }

    [Theory]
    [InlineData(3000, 1000, 1000)]
    [InlineData(600, 1000, 500)]
    [InlineData(100, 1000, 0)]
    [InlineData(-10, 1000, 0)]
    [InlineData(3000, 0, 0)]
    public void A_flush_ends_at_its_timeout_or_a_margin_before_the_deadline(int deadlineMs, int timeoutMs, int expectedMs) =>
        Assert.Equal(Now + Ms(expectedMs), Budget.ForFlush(Now, Now + Ms(deadlineMs), Ms(timeoutMs)));

    [Fact]
    public void Without_a_deadline_a_flush_ends_at_its_timeout() =>
        Assert.Equal(Now + Ms(1000), Budget.ForFlush(Now, DateTimeOffset.MaxValue, Ms(1000)));

    [Theory]
    [InlineData(2000, 1850)]
    [InlineData(500, 350)]
    [InlineData(150, 0)]
    [InlineData(-100, 0)]
    [InlineData(60_000, 1850)]
    public void A_shutdown_ends_a_margin_before_its_deadline_and_never_takes_longer_than_Lambda_gives(int deadlineMs, int expectedMs) =>
        Assert.Equal(Now + Ms(expectedMs), Budget.ForShutdown(Now, Now + Ms(deadlineMs)));

    [Fact]
    public void Without_a_deadline_a_shutdown_takes_what_Lambda_usually_gives() =>
        Assert.Equal(Now + Ms(1850), Budget.ForShutdown(Now, DateTimeOffset.MaxValue));

    static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
