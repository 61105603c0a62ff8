using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class InterruptSignalTests : IDisposable
{
    readonly InterruptSignal _signal = new();

    [Fact]
    public async Task A_signal_ends_a_wait_under_way()
    {
        var waiting = Task.Run(() => _signal.Wait(-1), TestContext.Current.CancellationToken);

        _signal.Signal();

        Assert.True(await waiting.Within("the signal"));
    }

    [Fact]
    public void A_signal_before_the_wait_is_not_lost_and_stays_until_it_is_cleared()
    {
        _signal.Signal();
        _signal.Signal();
        Assert.True(_signal.Wait(-1));
        Assert.True(_signal.Wait(0));

        _signal.Clear();

        Assert.False(_signal.Wait(0));
    }

    [Fact]
    public void Clearing_what_is_not_signalled_does_not_block()
    {
        _signal.Clear();

        Assert.False(_signal.Wait(0));
    }

    [Fact]
    public void A_signal_after_a_clear_counts_again()
    {
        for (var round = 0; round < 3; round++)
        {
            _signal.Signal();
            Assert.True(_signal.Wait(0));
            _signal.Clear();
            Assert.False(_signal.Wait(0));
        }
    }

    [Fact]
    public async Task No_signal_is_lost_or_left_over_however_signals_and_clears_meet()
    {
        var stop = TestContext.Current.CancellationToken;
        for (var round = 0; round < 2000; round++)
        {
            var signals = Task.Run(_signal.Signal, stop);
            _signal.Clear();
            await signals;
            // Whoever came first: one clear more always leaves it unsignalled.
            _signal.Clear();
            Assert.False(_signal.Wait(0));
        }
    }

    public void Dispose() => _signal.Dispose();
}
