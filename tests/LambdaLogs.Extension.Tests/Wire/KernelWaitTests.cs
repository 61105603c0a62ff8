using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class KernelWaitTests : IDisposable
{
    static readonly TimeProvider Time = TimeProvider.System;

    readonly InterruptSignal _signal = new();
    readonly KernelWait _wait = new(Time);

    [Fact]
    public void A_time_ends_the_wait_and_not_before()
    {
        var end = Time.GetTimestamp() + (Time.TimestampFrequency / 50);

        _wait.Wait(_signal, end);

        Assert.True(Time.GetTimestamp() >= end);
    }

    [Fact]
    public void A_time_that_is_over_is_not_waited_for() => _wait.Wait(_signal, Time.GetTimestamp() - 1);

    [Fact]
    public void A_signal_ends_the_wait_before_its_time()
    {
        _signal.Signal();

        _wait.Wait(_signal, null);
        _wait.Wait(_signal, long.MaxValue);

        Assert.True(_signal.Wait(0));
    }

    public void Dispose() => _signal.Dispose();
}
