using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class WakeTests : IDisposable
{
    readonly ManualClock _clock = new();
    readonly Wake _wake;

    public WakeTests() => _wake = new Wake(_clock);

    [Fact]
    public async Task A_wake_ends_the_wait()
    {
        var waiting = _wake.WaitAsync();
        Assert.False(waiting.IsCompleted);

        _wake.Now();

        await waiting.Within("the wake");
    }

    [Fact]
    public async Task A_wake_that_comes_before_the_wait_is_not_lost()
    {
        _wake.Now();

        await _wake.WaitAsync().Within("the wake");
    }

    [Fact]
    public async Task Each_wake_ends_one_wait_and_several_at_once_count_as_one()
    {
        _wake.Now();
        _wake.Now();
        await _wake.WaitAsync().Within("the wake");

        Assert.False(_wake.WaitAsync().IsCompleted);
    }

    [Fact]
    public async Task A_time_ends_the_wait_and_not_before()
    {
        _wake.At(TimeSpan.FromMilliseconds(100));
        var waiting = _wake.WaitAsync();
        _clock.Advance(99);
        Assert.False(waiting.IsCompleted);

        _clock.Advance(1);

        await waiting.Within("the wake");
    }

    [Fact]
    public void The_last_time_counts_and_null_takes_it_back()
    {
        _wake.At(TimeSpan.FromMilliseconds(100));
        _wake.At(TimeSpan.FromMilliseconds(300));
        var waiting = _wake.WaitAsync();
        _clock.Advance(200);
        Assert.False(waiting.IsCompleted);

        _wake.At(null);
        _clock.Advance(10_000);

        Assert.False(waiting.IsCompleted);
    }

    public void Dispose() => _wake.Dispose();
}
