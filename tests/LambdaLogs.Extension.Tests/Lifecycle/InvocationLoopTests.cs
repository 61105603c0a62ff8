using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Tests.Fakes;
using static LambdaLogs.Extension.Tests.Fakes.LifecycleRig;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class InvocationLoopTests : IDisposable
{
    static readonly FlushOptions End = new() { Mode = FlushMode.End };
    static readonly FlushOptions Next = new() { Mode = FlushMode.Next };

    readonly LifecycleRig _rig = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_mode_end_next_waits_for_the_handlers_end_and_for_the_delivery_of_its_lines(bool clockRuns)
    {
        using var rig = new LifecycleRig(clockRuns ? TimeProvider.System : null);
        rig.Destination.OnAttempt = _ => { };
        var running = rig.Run(End with { Timeout = TimeSpan.FromMinutes(1) });
        await rig.Platform.InvokeAsync("r-1", rig.In(60_000));
        var next = rig.Platform.RequestAsync();

        rig.Receive(Line("one"));
        (await rig.Destination.NextAsync()).Deliver();
        Assert.False(next.IsCompleted);
        rig.Receive(Line("two"), RuntimeDone("r-1"));
        var last = await rig.Destination.NextAsync();
        Assert.False(next.IsCompleted);
        last.Deliver();

        await next;
        await rig.Platform.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"eventType\":\"SHUTDOWN\"}");
        Assert.Equal(0, await running.Within("the end"));
    }

    [Fact]
    public async Task Lines_that_come_with_the_handlers_end_are_delivered_before_next()
    {
        var running = _rig.Run(End);
        for (var invocation = 0; invocation < 20; invocation++)
        {
            await _rig.Platform.InvokeAsync($"r-{invocation}", _rig.In(60_000));
            _rig.Receive(RuntimeDone($"r-{invocation}"), Line($"line {invocation}"));
            await _rig.Platform.RequestAsync();

            Assert.Equal([$"line {invocation}"], _rig.Lines());
            await _rig.Platform.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        }

        await _rig.Platform.ShutdownAsync("spindown", _rig.In(2000));
        Assert.Equal(0, await running.Within("the end"));
    }

    [Fact]
    public async Task In_mode_next_nothing_waits_and_lines_are_delivered_all_the_same()
    {
        var running = _rig.Run(Next);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        await _rig.Platform.RequestAsync();

        _rig.Receive(Line("one"));
        await _rig.Destination.NextAsync();

        Assert.Equal(TimeSpan.Zero, _rig.LongestHold);
        await EndAsync(running);
    }

    [Fact]
    public async Task In_mode_auto_next_waits_until_invocations_have_come_quickly()
    {
        var running = _rig.Run(new FlushOptions());
        await InvokeQuicklyAsync();

        // Three quick gaps: the fourth invocation, whose handler has not ended, is not waited for.
        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task In_mode_auto_a_long_handler_is_no_gap()
    {
        var running = _rig.Run(new FlushOptions());
        await InvokeQuicklyAsync();

        await _rig.Platform.RequestAsync();
        _rig.Advance(4000);
        _rig.Receive("""{"time":"2026-03-14T09:26:57Z","type":"platform.runtimeDone","record":{"requestId":"r-3","status":"success","metrics":{"durationMs":3990}}}""");
        await _rig.Platform.WriteAsync(Invoke("r-4"));

        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task In_mode_auto_a_long_gap_brings_the_wait_back()
    {
        var running = _rig.Run(new FlushOptions());
        for (var invocation = 0; invocation < 6; invocation++)
        {
            await _rig.Platform.InvokeAsync($"r-{invocation}", _rig.In(60_000));
            _rig.Receive(RuntimeDone($"r-{invocation}"));
        }

        await _rig.Platform.RequestAsync();
        _rig.Clock.Jump(TimeSpan.FromSeconds(30));
        await _rig.Platform.WriteAsync(Invoke("slow"));
        var next = _rig.Platform.RequestAsync();
        _rig.Destination.OnAttempt = _ => { };
        _rig.Receive(Line("one"), RuntimeDone("slow"));
        var attempt = await _rig.Destination.NextAsync();
        Assert.False(next.IsCompleted);
        attempt.Deliver();

        await next;
        await EndAsync(running);
    }

    [Fact]
    public async Task A_grace_waits_for_a_settle_time_after_the_handlers_end_and_no_longer()
    {
        var running = _rig.Run(End with { Grace = TimeSpan.FromMinutes(1), Timeout = TimeSpan.FromMinutes(1) });
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        var start = TimeProvider.System.GetTimestamp();
        _rig.Receive(RuntimeDone("r-1"));
        _rig.Receive(Line("behind the end"));

        await _rig.Platform.RequestAsync();

        // The kernel's waits may end up to a tick early.
        Assert.True(TimeProvider.System.GetElapsedTime(start) >= SettleTime.Gap - TimeSpan.FromMilliseconds(5));
        Assert.Equal(["behind the end"], _rig.Lines());
        await EndAsync(running);
    }

    [Fact]
    public async Task Half_a_record_whose_rest_does_not_come_is_delivered_with_a_later_invocation()
    {
        var running = _rig.Run(End);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        _rig.Receiver.Handle("[{\"time\":\"2026-03-14T09:26:53.101Z\",\"type\":\"function\",\"record\":\"half of it"u8.ToArray());
        _rig.Receive(RuntimeDone("r-1"));
        await _rig.Platform.RequestAsync();
        _rig.Advance(1500);

        await _rig.Platform.WriteAsync(Invoke("r-2"));
        _rig.Receive(RuntimeDone("r-2"));
        await _rig.Platform.RequestAsync();

        Assert.Contains(_rig.Destination.Rest(), attempt => attempt.Body.Contains("half of it"));
        await EndAsync(running);
    }

    [Fact]
    public async Task A_handlers_end_that_comes_before_its_invocation_is_remembered()
    {
        _rig.Receive(RuntimeDone("r-1"));
        var running = _rig.Run(End);

        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));

        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task The_end_of_another_handler_is_not_taken_for_this_one()
    {
        var running = _rig.Run(End);
        await _rig.Platform.InvokeAsync("r-2", _rig.In(60_000));
        var next = _rig.Platform.RequestAsync();

        _rig.Receive(RuntimeDone("r-1"), Line("one"));
        await _rig.Destination.NextAsync();
        Assert.False(next.IsCompleted);
        _rig.Receive(RuntimeDone("r-2"));

        await next;
        await EndAsync(running);
    }

    [Fact]
    public async Task The_end_of_an_attempt_is_not_taken_for_that_of_the_next_under_the_same_id()
    {
        var running = _rig.Run(End);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        _rig.Receive(RuntimeDone("r-1", "error"));
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        var next = _rig.Platform.RequestAsync();

        _rig.Receive(Line("one"));
        await _rig.Destination.NextAsync();
        Assert.False(next.IsCompleted);
        _rig.Receive(Line("two"), RuntimeDone("r-1", time: "2026-03-14T09:27:53.101Z"));

        await next;
        Assert.Equal("two", _rig.Lines()[^1]);
        await EndAsync(running);
    }

    [Fact]
    public async Task A_handlers_end_that_never_comes_is_waited_for_once_and_no_longer_than_the_deadline_allows()
    {
        var running = _rig.Run(End);
        var start = TimeProvider.System.GetTimestamp();
        await _rig.Platform.InvokeAsync("r-1", _rig.In(400));
        await _rig.Platform.InvokeAsync("r-2", _rig.In(60_000));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromMilliseconds(290), TimeSpan.FromSeconds(30));

        // Not held: a platform that did not tell one end most likely tells none.
        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task A_handlers_end_that_comes_late_brings_the_wait_back()
    {
        var running = _rig.Run(End);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(0));
        await _rig.Platform.InvokeAsync("r-2", _rig.In(60_000));
        await _rig.Platform.RequestAsync();
        _rig.Receive(RuntimeDone("r-1"));

        await _rig.Platform.WriteAsync(Invoke("r-3"));
        var next = _rig.Platform.RequestAsync();
        _rig.Receive(Line("one"));
        await _rig.Destination.NextAsync();
        Assert.False(next.IsCompleted);
        _rig.Receive(RuntimeDone("r-3"));

        await next;
        await EndAsync(running);
    }

    [Fact]
    public async Task An_invocation_without_a_deadline_is_not_held_for_its_end()
    {
        var running = _rig.Run(End);

        await _rig.Platform.RespondAsync(200, """{"eventType":"INVOKE","requestId":"r-1"}""");

        await _rig.Platform.RequestAsync();
        Assert.Empty(_rig.Sending.Lines.With("ERROR"));
        await EndAsync(running);
    }

    [Fact]
    public async Task An_endpoint_that_never_responds_holds_next_no_longer_than_the_timeout()
    {
        _rig.Destination.OnAttempt = _ => { };
        var running = _rig.Run(End with { Timeout = TimeSpan.FromMilliseconds(700) });
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        _rig.Receive(Line("one"), RuntimeDone("r-1"));
        var attempt = await _rig.Destination.NextAsync();
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(700));

        _rig.Advance(700);
        await attempt.EndWhenCutOffAsync();

        await _rig.Platform.RequestAsync();
        Assert.Equal(TimeSpan.FromMilliseconds(700), _rig.LongestHold);
        await _rig.Platform.WriteAsync(Spindown());
        (await _rig.Destination.NextAsync()).Deliver();
        Assert.Equal(0, await running.Within("the end"));
    }

    [Fact]
    public async Task A_deadline_close_by_shortens_the_flush()
    {
        _rig.Destination.OnAttempt = _ => { };
        var running = _rig.Run(End);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(400));
        _rig.Receive(Line("one"), RuntimeDone("r-1"));
        var attempt = await _rig.Destination.NextAsync();
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(300));

        _rig.Advance(300);
        await attempt.EndWhenCutOffAsync();

        await _rig.Platform.RequestAsync();
        await _rig.Platform.WriteAsync(Spindown());
        (await _rig.Destination.NextAsync()).Deliver();
        Assert.Equal(0, await running.Within("the end"));
    }

    [Fact]
    public async Task An_open_circuit_holds_nothing()
    {
        for (var count = 0; count < BreakerState.FailuresToOpen; count++)
            _rig.Sending.Breaker.Failed();
        var running = _rig.Run(End);

        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));

        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task After_a_freeze_connections_are_dropped_and_a_request_under_way_is_sent_again()
    {
        _rig.Destination.OnAttempt = _ => { };
        var running = _rig.Run(Next);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        await _rig.Platform.RequestAsync();
        _rig.Receive(Line("one"));
        var frozen = await _rig.Destination.NextAsync();
        Assert.Equal(0, _rig.Destination.Drops);

        _rig.Clock.Jump(TimeSpan.FromMinutes(5));
        await _rig.Platform.WriteAsync(Invoke("r-2"));
        await frozen.EndWhenCutOffAsync();

        var again = await _rig.Destination.NextAsync();
        Assert.Equal((frozen.Id, frozen.Body), (again.Id, again.Body));
        Assert.Equal(1, _rig.Destination.Drops);
        again.Deliver();
        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task A_freeze_before_the_end_is_noticed_too()
    {
        _rig.Destination.OnAttempt = _ => { };
        var running = _rig.Run(Next);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        await _rig.Platform.RequestAsync();
        _rig.Receive(Line("one"));
        var frozen = await _rig.Destination.NextAsync();

        _rig.Clock.Jump(TimeSpan.FromMinutes(5));
        await _rig.Platform.WriteAsync(Spindown());
        await frozen.EndWhenCutOffAsync();

        (await _rig.Destination.NextAsync()).Deliver();
        Assert.Equal(0, await running.Within("the end"));
        Assert.Equal(1, _rig.Destination.Drops);
    }

    [Fact]
    public async Task After_a_flush_nothing_is_sent_until_the_next_invocation()
    {
        var running = _rig.Run(End);
        await _rig.Platform.InvokeAsync("r-1", _rig.In(60_000));
        _rig.Receive(RuntimeDone("r-1"));
        await _rig.Platform.RequestAsync();
        _rig.Receive(Line("behind the end"));
        _rig.Advance(60_000);
        Assert.Equal(0, _rig.Destination.Attempts);

        await _rig.Platform.WriteAsync(Invoke("r-2"));

        Assert.Equal(["behind the end"], (await _rig.Destination.NextAsync()).Messages);
        _rig.Receive(RuntimeDone("r-2"));
        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task A_fault_within_an_invocation_does_not_end_the_loop()
    {
        _rig.Destination.OnDrop = () => throw new InvalidOperationException("a bug");
        var running = _rig.Run(End);
        await _rig.Platform.RequestAsync();
        _rig.Clock.Jump(TimeSpan.FromMinutes(5));
        await _rig.Platform.WriteAsync(Invoke("r-1"));

        await _rig.Platform.InvokeAsync("r-2", _rig.In(60_000));
        _rig.Receive(RuntimeDone("r-2"));

        await _rig.Platform.RequestAsync();
        Assert.Equal(["[EXTENSION] ERROR an invocation could not be handled: an internal error, code 80131509\n"], _rig.Sending.Lines.With("ERROR"));
        await EndAsync(running);
    }

    [Fact]
    public async Task An_event_that_nobody_knows_is_skipped()
    {
        var running = _rig.Run(End);

        await _rig.Platform.RespondAsync(200, """{"eventType":"RESTORE"}""");
        await _rig.Platform.RespondAsync(200, "");

        await _rig.Platform.RequestAsync();
        await EndAsync(running);
    }

    [Fact]
    public async Task An_error_of_the_platform_ends_the_loop_with_its_words()
    {
        var running = _rig.Run(End);

        await _rig.Platform.RespondAsync(500, "Internal Server Error");

        var error = await Assert.ThrowsAsync<PlatformException>(() => running.Within("the end"));
        Assert.Equal("/next failed with status 500: Internal Server Error", error.Message);
    }

    public void Dispose() => _rig.Dispose();

    string Invoke(string requestId)
    {
        var body = $$"""{"eventType":"INVOKE","deadlineMs":{{_rig.In(60_000).ToUnixTimeMilliseconds()}},"requestId":"{{requestId}}"}""";
        return $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    string Spindown()
    {
        var body = $$"""{"eventType":"SHUTDOWN","deadlineMs":{{_rig.In(2000).ToUnixTimeMilliseconds()}},"shutdownReason":"spindown"}""";
        return $"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    /// <summary>Three quick gaps: invocations r-0 to r-3, of which the last one's handler has not ended.</summary>
    async Task InvokeQuicklyAsync()
    {
        for (var invocation = 0; invocation < 4; invocation++)
        {
            await _rig.Platform.InvokeAsync($"r-{invocation}", _rig.In(60_000));
            if (invocation < 3)
                _rig.Receive(RuntimeDone($"r-{invocation}"));
        }
    }

    /// <summary>Responds to the <c>/next</c> that has come with the end.</summary>
    async Task EndAsync(Task<int> running)
    {
        await _rig.Platform.WriteAsync(Spindown());
        Assert.Equal(0, await running.Within("the end"));
    }
}
