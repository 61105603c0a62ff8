using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class ThreadSignalTests
{
    readonly ThreadSignal _signal = new();

    [Fact]
    public async Task A_signal_ends_a_wait_under_way()
    {
        var seen = _signal.Count;
        var waiting = Task.Run(() => WaitUntilSignalled(seen), TestContext.Current.CancellationToken);

        _signal.Signal();

        await waiting.Within("the signal");
    }

    [Fact]
    public void A_signal_before_the_wait_is_not_lost()
    {
        var seen = _signal.Count;
        _signal.Signal();

        Assert.True(_signal.Wait(seen, -1));
        Assert.True(_signal.Wait(seen, 0));
    }

    [Fact]
    public void A_signal_that_was_seen_ends_no_wait()
    {
        _signal.Signal();

        Assert.False(_signal.Wait(_signal.Count, 0));
        Assert.False(_signal.Wait(_signal.Count, 1));
    }

    [Fact]
    public async Task One_signal_ends_all_waits()
    {
        var seen = _signal.Count;
        var waiting = Enumerable.Range(0, 3).Select(_ => Task.Run(() => WaitUntilSignalled(seen), TestContext.Current.CancellationToken)).ToArray();

        _signal.Signal();

        await Task.WhenAll(waiting).Within("the signal");
    }

    [Fact]
    public async Task Two_threads_that_signal_each_other_never_miss_a_turn()
    {
        const int Turns = 5000;
        var (ping, pong) = (new ThreadSignal(), new ThreadSignal());
        var other = Task.Run(() => Play(ping, pong), TestContext.Current.CancellationToken);

        for (var turn = 0; turn < Turns; turn++)
        {
            var seen = pong.Count;
            ping.Signal();
            while (pong.Count == seen)
                pong.Wait(seen, -1);
        }

        await other.Within("the last turn");

        static void Play(ThreadSignal hears, ThreadSignal tells)
        {
            for (var turn = 0; turn < Turns; turn++)
            {
                while (hears.Count == turn)
                    hears.Wait(turn, -1);

                tells.Signal();
            }
        }
    }

    void WaitUntilSignalled(int seen)
    {
        while (_signal.Count == seen)
            _signal.Wait(seen, -1);
    }
}
