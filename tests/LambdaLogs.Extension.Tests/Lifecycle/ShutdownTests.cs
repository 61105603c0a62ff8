using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Tests.Fakes;
using static LambdaLogs.Extension.Tests.Fakes.LifecycleRig;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class ShutdownTests : IDisposable
{
    readonly LifecycleRig _rig = new();

    [Theory]
    [InlineData("spindown")]
    [InlineData("TIMEOUT")]
    [InlineData("failure")]
    [InlineData("somethingNew")]
    public async Task Whatever_the_reason_what_waits_is_delivered(string reason)
    {
        await _rig.Sending.FlushAsync();
        _rig.Receive(Line("one"));

        await _rig.ShutDown(Event(reason), Last()).Within("the end");

        Assert.Equal(["one"], _rig.Lines());
        Assert.Equal(0, _rig.Sending.Read(ledger => ledger.Waiting));
    }

    [Fact]
    public async Task Telemetry_that_comes_late_is_awaited_and_delivered()
    {
        await _rig.Sending.FlushAsync();
        _rig.Receive(Line("one"));
        var late = 0;
        _rig.Destination.OnAttempt = attempt =>
        {
            attempt.Deliver();
            // The end is waiting now, as what waited before is being sent meanwhile.
            if (Interlocked.Increment(ref late) == 1)
                _ = Task.Run(() => _rig.Receive(Line("late"), Report("r-1")), TestContext.Current.CancellationToken);
        };

        await _rig.ShutDown(Event("spindown"), Last()).Within("the end");

        Assert.Equal(["one", "late"], _rig.Lines());
    }

    [Fact]
    public async Task An_open_circuit_is_tried_all_the_same()
    {
        for (var count = 0; count < BreakerState.FailuresToOpen; count++)
            _rig.Sending.Breaker.Failed();
        _rig.Receive(Line("one"));

        await _rig.ShutDown(Event("spindown"), last: null).Within("the end");

        Assert.Equal(["one"], _rig.Lines());
    }

    [Fact]
    public async Task Half_a_record_whose_rest_will_not_come_is_delivered()
    {
        _rig.Receiver.Handle("[{\"time\":\"2026-03-14T09:26:53.101Z\",\"type\":\"function\",\"record\":\"half of it"u8.ToArray());

        await _rig.ShutDown(Event("timeout"), Last()).Within("the end");

        Assert.Contains(_rig.Destination.Rest(), attempt => attempt.Body.Contains("half of it"));
        Assert.Equal(0, _rig.Sending.Read(ledger => ledger.Waiting));
    }

    [Fact]
    public async Task A_function_that_timed_out_unexplained_has_final_records()
    {
        await _rig.ShutDown(Event("timeout"), Last()).Within("the end");

        var record = Assert.Single(_rig.Destination.Rest().SelectMany(attempt => attempt.Records("extension.shutdown")));
        Assert.Equal("The function timed out after 0.00 seconds", record.GetProperty("message").GetString());
        Assert.Equal("r-1", record.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task An_attempt_that_timed_out_after_one_that_was_explained_has_final_records()
    {
        _rig.Signals.Expect("r-1");
        _rig.Receive(RuntimeDone("r-1", "error"));
        _rig.Signals.Expect("r-1");

        await _rig.ShutDown(Event("timeout"), Last()).Within("the end");

        Assert.Single(_rig.Destination.Rest().SelectMany(attempt => attempt.Records("extension.shutdown")));
    }

    [Fact]
    public async Task A_function_whose_end_was_explained_has_none()
    {
        _rig.Receive(RuntimeDone("r-1", "timeout"));

        await _rig.ShutDown(Event("timeout"), Last()).Within("the end");

        Assert.Empty(_rig.Destination.Rest().SelectMany(attempt => attempt.Records("extension.shutdown")));
    }

    [Fact]
    public async Task An_endpoint_that_never_responds_is_left_in_time()
    {
        _rig.Destination.OnAttempt = _ => { };
        _rig.Receive(Line("one"));
        var attempt = await _rig.Destination.NextAsync();
        var ending = _rig.ShutDown(Event("spindown"), last: null);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(1110));
        _rig.Advance(1110);
        await attempt.EndWhenCutOffAsync();

        // Once more, over a new connection.
        var again = await _rig.Destination.NextAsync();
        Assert.Equal((attempt.Id, attempt.Body, 1), (again.Id, again.Body, _rig.Destination.Drops));
        Assert.True(again.Limit.IsShutdown);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(740));
        _rig.Advance(740);
        await again.EndWhenCutOffAsync();

        await ending.Within("the end");
        Assert.Equal(1, _rig.Sending.Read(ledger => ledger.DroppedFor(DropReason.Shutdown)));
    }

    [Fact]
    public async Task An_endpoint_that_responds_slowly_gets_its_lines()
    {
        await _rig.Sending.FlushAsync();
        _rig.Destination.OnAttempt = _ => { };
        _rig.Receive(Line("one"));
        var ending = _rig.ShutDown(Event("spindown"), last: null);
        var attempt = await _rig.Destination.NextAsync();
        Assert.True(attempt.Limit.IsShutdown);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(1110));
        _rig.Advance(1110);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(740));
        _rig.Advance(700);

        Assert.False(attempt.IsInterrupted);
        attempt.Deliver();
        await ending.Within("the end");
        Assert.Equal((1, 0), _rig.Sending.Read(ledger => (ledger.Delivered, ledger.Dropped)));
        Assert.Equal(0, _rig.Destination.Drops);
    }

    [Fact]
    public async Task A_request_of_before_the_end_has_as_much_time_as_the_last_one_took_and_half_of_it_again()
    {
        _rig.Destination.OnAttempt = _ => { };
        _rig.Receive(Line("one"));
        var slow = await _rig.Destination.NextAsync();
        _rig.Advance(1200);
        slow.Deliver();
        _rig.Receive(Line("two"));
        var attempt = await _rig.Destination.NextAsync();
        var ending = _rig.ShutDown(Event("spindown"), last: null);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(1800));
        _rig.Advance(1790);

        Assert.False(attempt.IsInterrupted);
        attempt.Deliver();
        await ending.Within("the end");
        Assert.Equal((2, 0), _rig.Sending.Read(ledger => (ledger.Delivered, ledger.Dropped)));
    }

    [Fact]
    public async Task A_request_that_hangs_does_not_take_the_last_lines_with_it()
    {
        _rig.Destination.OnAttempt = _ => { };
        _rig.Receive(Line("one"));
        var hanging = await _rig.Destination.NextAsync();
        _rig.Receive(Line("two"));
        var ending = _rig.ShutDown(Event("spindown"), last: null);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(1110));

        _rig.Destination.OnAttempt = attempt => attempt.Deliver();
        _rig.Advance(1110);
        await hanging.EndWhenCutOffAsync();

        await ending.Within("the end");
        Assert.Equal(["one", "two"], _rig.Lines());
    }

    [Fact]
    public async Task What_cannot_be_delivered_is_kept_within_the_budget_and_the_flush_leaves_the_time_for_it()
    {
        using var rig = new LifecycleRig(options: new PipelineOptions { BatchLinger = TimeSpan.Zero, SpillMaxBytes = 1_000_000 });
        rig.Destination.OnAttempt = _ => { };
        rig.Receive(Line("one"));
        var attempt = await rig.Destination.NextAsync();
        var flush = rig.ShutDown(new PlatformEvent(PlatformEventKind.Shutdown, rig.In(2000).ToUnixTimeMilliseconds(), "", "spindown"), last: null);
        await rig.Destination.InterruptedAsync(attempt, rig.Clock);

        attempt.Response(new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null));
        var again = await rig.Destination.NextAsync();
        await rig.Destination.InterruptedAsync(again, rig.Clock);
        again.Response(new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null));

        await flush.Within("the end");
        Assert.Equal((1, 0), rig.Sending.Read(ledger => (ledger.Spilled, ledger.Dropped)));
    }

    [Fact]
    public async Task The_last_line_says_where_every_record_is_and_how_long_the_function_was_held()
    {
        _rig.Receive(Line("one"), """{"time":"2026-03-14T09:26:53Z","type":"platform.logsDropped","record":{"reason":"r","droppedRecords":4,"droppedBytes":9}}""");

        await _rig.ShutDown(Event("spindown"), last: null).Within("the end");

        var summary = Assert.Single(_rig.Sending.Lines.With("INFO received"));
        Assert.StartsWith("[EXTENSION] INFO received 2, delivered 2 in ", summary);
        Assert.EndsWith(", waiting 0, spilled 0; dropped by Lambda before the extension received them: 4, longest hold 0 ms\n", summary);
    }

    public void Dispose() => _rig.Dispose();

    PlatformEvent Event(string reason) => new(PlatformEventKind.Shutdown, _rig.In(2000).ToUnixTimeMilliseconds(), "", reason);

    Invocation Last() => new("r-1", _rig.In(0), _rig.In(3000));
}
