using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>When the next body has to wait a moment for the sender, and when not.</summary>
public sealed class BackpressureTests : IDisposable
{
    static readonly string Much = new('x', 700_000);

    readonly PipelineRig _rig = new(new PipelineOptions { BatchLinger = TimeSpan.Zero, BufferMaxBytes = 8 * 1024 * 1024 });

    [Fact]
    public async Task While_much_waits_the_next_body_waits_for_the_attempt_to_end()
    {
        var attempt = await SendMuchAsync();
        var waiting = WaitAsync();
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        Assert.False(waiting.IsCompleted);

        attempt.Deliver();

        await waiting.Within("the wait to end with the attempt");
    }

    [Fact]
    public async Task It_waits_fifty_milliseconds_at_most()
    {
        await SendMuchAsync();
        var waiting = WaitAsync();
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));

        _rig.Advance(50);

        await waiting.Within("the wait to end by itself");
    }

    [Fact]
    public async Task An_attempt_of_a_hundred_milliseconds_is_waited_for_no_longer()
    {
        await SendMuchAsync();
        _rig.Advance(70);
        var waiting = WaitAsync();
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(30));
        _rig.Advance(30);
        await waiting.Within("the wait to end by itself");

        _rig.Pipeline.WaitForRoom();

        Assert.Equal(1, _rig.Destination.Attempts);
    }

    [Fact]
    public async Task Little_that_waits_slows_nobody_down()
    {
        _rig.Add("little");
        await _rig.Destination.NextAsync();

        _rig.Pipeline.WaitForRoom();

        Assert.Equal(1, _rig.Read(ledger => ledger.Waiting));
    }

    [Fact]
    public async Task A_failing_endpoint_slows_nobody_down()
    {
        var attempt = await SendMuchAsync();
        attempt.Refuse(Verdict.Retry, 503);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        _rig.Pipeline.WaitForRoom();
        _rig.Advance(50);
        await _rig.Destination.NextAsync();

        _rig.Pipeline.WaitForRoom();

        Assert.Equal(2, _rig.Destination.Attempts);
    }

    public void Dispose() => _rig.Dispose();

    async Task<SendAttempt> SendMuchAsync()
    {
        _rig.Add(Much);
        var attempt = await _rig.Destination.NextAsync();
        _rig.Add(Much);
        return attempt;
    }

    Task WaitAsync() => Task.Run(_rig.Pipeline.WaitForRoom, TestContext.Current.CancellationToken);
}
