using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class InterruptSignalTests : IDisposable
{
    readonly InterruptSignal _signal = new();
    readonly InterruptSignal _other = new();

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
    public void Either_of_two_ends_the_wait()
    {
        Assert.False(_signal.WaitEither(_other, 0));

        _other.Signal();

        Assert.True(_signal.WaitEither(_other, -1));
        Assert.False(_signal.Wait(0));
    }

    public void Dispose()
    {
        _signal.Dispose();
        _other.Dispose();
    }
}
