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

    [Fact]
    public async Task While_an_endpoint_gets_on_and_the_buffer_is_half_full_the_next_body_waits_until_it_is_not()
    {
        using var rig = await HalfFullAsync();
        var waiting = Task.Run(rig.Pipeline.WaitForRoom, TestContext.Current.CancellationToken);
        for (var batch = 0; batch < 3; batch++)
        {
            Assert.False(waiting.IsCompleted);
            rig.Advance(200);
            (await rig.Destination.NextAsync()).Deliver();
        }

        await waiting.Within("the wait to end with the pressure");
        Assert.False(rig.Read(_ => rig.Queue.IsHalfFull));
    }

    [Fact]
    public async Task An_endpoint_that_is_silent_for_a_second_is_waited_for_no_longer()
    {
        using var rig = await HalfFullAsync();
        await rig.Destination.NextAsync();
        var waiting = Task.Run(rig.Pipeline.WaitForRoom, TestContext.Current.CancellationToken);
        await rig.Clock.TimerAsync(TimeSpan.FromSeconds(1));

        rig.Advance(1000);

        await waiting.Within("the wait to end by itself");
        rig.Pipeline.WaitForRoom();
    }

    [Fact]
    public async Task An_endpoint_that_refuses_is_not_waited_for()
    {
        using var rig = await HalfFullAsync();
        (await rig.Destination.NextAsync()).Refuse(Verdict.Rejected, 404);
        await rig.Destination.NextAsync();
        rig.Advance(150);

        rig.Pipeline.WaitForRoom();

        Assert.True(rig.Read(_ => rig.Queue.IsHalfFull));
    }

    [Fact]
    public async Task No_body_is_held_beyond_what_the_invocation_may_be()
    {
        using var rig = await HalfFullAsync();
        rig.Pipeline.Resume(rig.Now + TimeSpan.FromMilliseconds(300));
        await rig.Destination.NextAsync();
        var waiting = Task.Run(rig.Pipeline.WaitForRoom, TestContext.Current.CancellationToken);
        await rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(300));

        rig.Advance(300);

        await waiting.Within("the wait to end with what the invocation has");
    }

    /// <summary>An endpoint that has just taken a body, and a buffer of 100 KB with 80 KB in it.</summary>
    static async Task<PipelineRig> HalfFullAsync()
    {
        var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.Zero, BatchMaxBytes = 25_000, BufferMaxBytes = 100_000 });
        rig.Add("first");
        var first = await rig.Destination.NextAsync();
        for (var count = 0; count < 4; count++)
            rig.Add(new string('x', 20_000));
        first.Deliver();
        await first.BodyAtEnd;
        return rig;
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
