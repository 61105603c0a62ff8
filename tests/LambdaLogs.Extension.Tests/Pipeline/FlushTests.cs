using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>
/// Sending at the end of an invocation and of the process: how long it takes, and what is left then. The same whichever thread sends.
/// </summary>
public abstract class FlushTests : IDisposable
{
    readonly PipelineRig _rig = new(new PipelineOptions { BatchLinger = TimeSpan.FromSeconds(5), BatchMaxRecords = 2 });

    protected FlushTests(bool hasOpenConnection) => _rig.Destination.HasOpenConnection = hasOpenConnection;

    private protected PipelineRig Rig => _rig;

    [Fact]
    public async Task With_nothing_to_send_it_is_over_at_once()
    {
        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());

        Assert.Equal(0, _rig.Destination.Attempts);
    }

    [Fact]
    public async Task Everything_is_sent_without_waiting_for_more()
    {
        _rig.Add("one", "two", "three");

        var flush = _rig.FlushAsync();
        (await _rig.Destination.NextAsync()).Deliver();
        Assert.False(flush.IsCompleted);
        (await _rig.Destination.NextAsync()).Deliver();

        Assert.Equal(FlushResult.Emptied, await flush);
        Assert.Equal(3, _rig.Read(ledger => ledger.Delivered));
    }

    [Fact]
    public async Task A_request_under_way_is_waited_for()
    {
        _rig.Add("one", "two", "three");
        var attempt = await _rig.Destination.NextAsync();

        var flush = _rig.FlushAsync();
        attempt.Deliver();
        (await _rig.Destination.NextAsync()).Deliver();

        Assert.Equal(FlushResult.Emptied, await flush);
    }

    [Fact]
    public async Task Nothing_is_sent_after_it_until_the_next_invocation()
    {
        await _rig.FlushAsync();
        _rig.Add("one", "two", "three");
        _rig.Advance(60_000);
        Assert.Equal(0, _rig.Destination.Attempts);

        _rig.Pipeline.Resume();

        var attempt = await _rig.Destination.NextAsync();
        Assert.Equal(_rig.Now, attempt.At);
        Assert.Equal(["one", "two"], attempt.Messages);
    }

    [Fact]
    public async Task Attempts_are_bounded_and_what_is_unsent_stays()
    {
        _rig.Add("one");
        var flush = _rig.FlushAsync();
        (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        _rig.Advance(50);
        (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(100));
        _rig.Advance(100);
        var last = await _rig.Destination.NextAsync();
        last.Refuse(Verdict.Retry, 503);

        Assert.Equal(FlushResult.GaveUp, await flush);

        Assert.Equal((1, 0), _rig.Read(ledger => (ledger.Waiting, ledger.Dropped)));
        _rig.Advance(60_000);
        _rig.Pipeline.Resume();
        Assert.Equal(last.Id, (await _rig.Destination.NextAsync()).Id);
    }

    [Fact]
    public async Task Each_batch_has_its_own_attempts()
    {
        _rig.Unit = 0;
        _rig.Add("one", "two", "three");
        var flush = _rig.FlushAsync();

        for (var batch = 0; batch < 2; batch++)
        {
            (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
            (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
            (await _rig.Destination.NextAsync()).Deliver();
        }

        Assert.Equal(FlushResult.Emptied, await flush);
    }

    [Fact]
    public async Task It_ends_early_where_the_endpoint_asks_for_more_time_than_there_is()
    {
        _rig.Add("one");
        var flush = _rig.FlushAsync(ms: 1000);
        var start = _rig.Now;

        (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 429, TimeSpan.FromSeconds(1));

        Assert.Equal(FlushResult.GaveUp, await flush);
        Assert.Equal(start, _rig.Now);
    }

    [Fact]
    public async Task It_waits_as_long_as_the_endpoint_asks_where_there_is_time()
    {
        _rig.Add("one");
        var flush = _rig.FlushAsync(ms: 1000);

        (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 429, TimeSpan.FromMilliseconds(900));
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(900));
        _rig.Advance(900);
        (await _rig.Destination.NextAsync()).Deliver();

        Assert.Equal(FlushResult.Emptied, await flush);
    }

    [Fact]
    public async Task An_open_circuit_holds_nothing()
    {
        OpenCircuit();
        _rig.Add("one");
        var start = _rig.Now;

        Assert.Equal(FlushResult.GaveUp, await _rig.FlushAsync());

        Assert.Equal((start, 0), (_rig.Now, _rig.Destination.Attempts));
        Assert.True(_rig.Pipeline.UntilAttempt > TimeSpan.Zero);
    }

    [Fact]
    public async Task The_last_flush_tries_in_spite_of_an_open_circuit_and_without_count()
    {
        OpenCircuit();
        _rig.Unit = 0;
        _rig.Add("one");
        var flush = _rig.FlushAsync(isFinal: true);

        for (var count = 0; count < 5; count++)
            (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
        (await _rig.Destination.NextAsync()).Deliver();

        Assert.Equal(FlushResult.Emptied, await flush);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-500)]
    public async Task A_deadline_that_is_over_sends_nothing(int ms)
    {
        _rig.Add("one");

        Assert.NotEqual(FlushResult.Emptied, await _rig.FlushAsync(ms));

        Assert.Equal((0, 1), (_rig.Destination.Attempts, _rig.Read(ledger => ledger.Waiting)));
    }

    public void Dispose()
    {
        _rig.Dispose();
        GC.SuppressFinalize(this);
    }

    void OpenCircuit()
    {
        for (var count = 0; count < BreakerState.FailuresToOpen; count++)
            _rig.Breaker.Failed();
    }
}
