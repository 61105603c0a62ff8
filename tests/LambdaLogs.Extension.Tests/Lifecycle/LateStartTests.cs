using LambdaLogs.Extension.Lifecycle;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class LateStartTests
{
    static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    [Theory]
    [InlineData(3000, 750)]
    [InlineData(2000, 500)]
    [InlineData(4000, 1000)]
    [InlineData(900_000, 1000)]
    [InlineData(100, 25)]
    [InlineData(0, 0)]
    [InlineData(-500, 0)]
    public void An_event_waits_for_a_quarter_of_its_time_and_a_second_at_most(int left, int expected) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expected), LateStart<string>.WaitFor(Now, Now.AddMilliseconds(left)));

    [Fact]
    public void An_event_without_a_deadline_waits_for_a_second() =>
        Assert.Equal(TimeSpan.FromSeconds(1), LateStart<string>.WaitFor(Now, DateTimeOffset.MaxValue));
}
