using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class KernelWaitTests
{
    static readonly TimeProvider Time = TimeProvider.System;

    readonly ThreadSignal _signal = new();
    readonly KernelWait _wait = new(Time);

    [Fact]
    public void A_time_ends_the_wait_and_not_before()
    {
        var end = Time.GetTimestamp() + (Time.TimestampFrequency / 50);

        _wait.Wait(_signal, _signal.Count, end);

        Assert.True(Time.GetTimestamp() >= end);
    }

    [Fact]
    public void A_time_that_is_over_is_not_waited_for() => _wait.Wait(_signal, _signal.Count, Time.GetTimestamp() - 1);

    [Fact]
    public void A_signal_ends_the_wait_before_its_time()
    {
        var seen = _signal.Count;
        _signal.Signal();

        _wait.Wait(_signal, seen, null);
        _wait.Wait(_signal, seen, long.MaxValue);

        Assert.NotEqual(seen, _signal.Count);
    }
}
