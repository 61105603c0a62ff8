using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Sending in the background: what is sent when, and what responses do.</summary>
public sealed class SenderPumpTests : IDisposable
{
    readonly PipelineRig _rig = new();

    [Fact]
    public async Task A_batch_waits_for_more_records_and_no_longer()
    {
        using var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.FromMilliseconds(50) });
        rig.Add("one");
        await rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        rig.Advance(30);
        rig.Add("two");
        await rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(20));
        rig.Advance(19);
        Assert.Equal(0, rig.Destination.Attempts);

        rig.Advance(1);

        Assert.Equal(["one", "two"], (await rig.Destination.NextAsync()).Messages);
    }

    [Fact]
    public async Task A_full_batch_waits_for_nothing()
    {
        using var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.FromSeconds(5), BatchMaxRecords = 2 });

        rig.Add("one", "two", "three");

        var first = await rig.Destination.NextAsync();
        Assert.Equal(["one", "two"], first.Messages);
        first.Deliver();
        await rig.Clock.TimerAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(1, rig.Destination.Attempts);
    }

    [Fact]
    public async Task Batches_go_one_at_a_time_in_the_order_of_their_records()
    {
        using var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.Zero, BatchMaxRecords = 1 });
        rig.Add("one", "two", "three");
        foreach (var expected in (string[])["one", "two", "three"])
        {
            var attempt = await rig.Destination.NextAsync();
            Assert.Equal([expected], attempt.Messages);
            Assert.Empty(rig.Destination.Rest());
            attempt.Deliver();
        }

        Assert.Equal(FlushResult.Emptied, await rig.FlushAsync());
        Assert.Equal((3, 3, 0), rig.Read(ledger => (ledger.Delivered, ledger.Batches, ledger.Retries)));
    }

    [Fact]
    public async Task Records_that_come_while_a_batch_is_sent_go_with_the_next_and_leave_it_as_it_is()
    {
        _rig.Add("one");
        var first = await _rig.Destination.NextAsync();

        _rig.Add("two");
        _rig.Add("three");
        first.Deliver();
        Assert.Equal(first.Body, await first.BodyAtEnd);

        Assert.Equal(["two", "three"], (await _rig.Destination.NextAsync()).Messages);
    }

    [Fact]
    public async Task A_busy_endpoint_gets_the_same_body_with_the_same_id_after_a_backoff_that_doubles()
    {
        _rig.Add("one");
        var first = await _rig.Destination.NextAsync();
        first.Refuse(Verdict.Retry, 503);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        _rig.Add("two");
        _rig.Advance(50);

        var second = await _rig.Destination.NextAsync();
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.Equal(first.At.AddMilliseconds(50), second.At);
        second.Refuse(Verdict.Retry, 503);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(100));
        _rig.Advance(100);

        var third = await _rig.Destination.NextAsync();
        Assert.Equal((first.Id, first.Body), (third.Id, third.Body));
        third.Deliver();
        var next = await _rig.Destination.NextAsync();
        Assert.NotEqual(first.Id, next.Id);
        Assert.Equal(["two"], next.Messages);
        Assert.Equal(2, _rig.Read(ledger => ledger.Retries));
    }

    [Fact]
    public async Task An_endpoint_is_left_alone_as_long_as_it_asks()
    {
        _rig.Add("one");

        (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 429, TimeSpan.FromSeconds(3));

        await _rig.Clock.TimerAsync(TimeSpan.FromSeconds(3));
        _rig.Advance(3000);
        var second = await _rig.Destination.NextAsync();
        second.Deliver();
        Assert.Equal(_rig.Now, second.At);
    }

    [Fact]
    public async Task A_response_ends_the_backoff_of_the_failures_before_it()
    {
        using var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.Zero, BatchMaxRecords = 1 });
        rig.Add("one", "two");
        (await rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
        await rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        rig.Advance(50);
        (await rig.Destination.NextAsync()).Deliver();

        (await rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);

        await rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task A_failing_endpoint_is_tried_by_probes_only_and_the_time_is_said_once()
    {
        _rig.Add("one");
        await FailAsync(times: 3);

        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(750));
        Assert.True(_rig.Breaker.IsOpen);
        _rig.Advance(749);
        Assert.Equal(3, _rig.Destination.Attempts);
        _rig.Advance(1);

        (await _rig.Destination.NextAsync()).Deliver();
        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
        Assert.False(_rig.Breaker.IsOpen);
        Assert.Equal(["[EXTENSION] WARN the endpoint responded with 503; 1 records are kept and will be retried\n"], _rig.Lines.With("503"));
        Assert.Equal(["[EXTENSION] INFO the endpoint accepts logs again\n"], _rig.Lines.With("again\n").Except(_rig.Lines.With("503")));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_sent_in_parts_in_its_place()
    {
        _rig.Add("one");
        var blocked = await _rig.Destination.NextAsync();
        _rig.Add("two", "three", "four");
        blocked.Deliver();
        var whole = await _rig.Destination.NextAsync();
        _rig.Add("five");

        whole.Refuse(Verdict.TooLarge, 413);

        var ids = new HashSet<string> { whole.Id };
        foreach (var expected in (string[])["two", "three", "four", "five"])
        {
            var part = await _rig.Destination.NextAsync();
            Assert.Equal(expected, string.Join(' ', part.Messages));
            Assert.True(ids.Add(part.Id));
            part.Deliver();
        }

        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
        Assert.Equal((5, 5, 0), _rig.Read(ledger => (ledger.Received, ledger.Delivered, ledger.Retries)));
    }

    [Fact]
    public async Task A_single_record_that_is_too_large_is_cut_until_it_passes_or_is_too_short()
    {
        _rig.Add(new string('x', 6000));
        var lengths = new List<int>();
        for (var count = 0; count < 3; count++)
        {
            var attempt = await _rig.Destination.NextAsync();
            lengths.Add(attempt.Body.Length);
            attempt.Refuse(Verdict.TooLarge, 413);
        }

        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
        Assert.Equal(lengths.OrderDescending(), lengths);
        Assert.Equal((1, 1), _rig.Read(ledger => (ledger.Dropped, ledger.DroppedFor(DropReason.TooLarge))));
    }

    [Theory]
    [InlineData((int)Verdict.Rejected, 404)]
    [InlineData((int)Verdict.Unauthorized, 401)]
    public async Task What_the_endpoint_refuses_is_dropped_after_one_attempt_and_said_once_per_status(int verdict, int status)
    {
        using var rig = new PipelineRig(new PipelineOptions { BatchLinger = TimeSpan.Zero, BatchMaxRecords = 2 });
        rig.Add("one", "two", "three", "four", "five");
        (await rig.Destination.NextAsync()).Refuse((Verdict)verdict, status);
        (await rig.Destination.NextAsync()).Refuse((Verdict)verdict, status);

        (await rig.Destination.NextAsync()).Refuse(Verdict.Rejected, 422);

        Assert.Equal(FlushResult.Emptied, await rig.FlushAsync());
        Assert.Equal(5, rig.Read(ledger => ledger.DroppedFor(DropReason.Rejected)));
        Assert.Equal(
            [
                $"[EXTENSION] ERROR the endpoint rejects logs with status {status}; 2 records were dropped; this is logged once per status\n",
                "[EXTENSION] ERROR the endpoint rejects logs with status 422; 1 records were dropped; this is logged once per status\n",
            ],
            rig.Lines.With("rejects"));
        Assert.False(rig.Breaker.IsOpen);
    }

    [Fact]
    public async Task An_exception_that_no_destination_should_throw_keeps_delivery_alive()
    {
        _rig.Add("one");

        (await _rig.Destination.NextAsync()).Throw(new InvalidOperationException("a bug"));

        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));
        _rig.Advance(50);
        (await _rig.Destination.NextAsync()).Deliver();
        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
        Assert.Contains("[EXTENSION] ERROR sending failed unexpectedly: an internal error, code 80131509\n", _rig.Lines.Written);
    }

    [Fact]
    public async Task A_request_that_a_freeze_has_interrupted_is_sent_again_at_once_and_counts_for_nothing()
    {
        _rig.Add("one");
        await FailAsync(times: 2);
        var interrupted = await _rig.Destination.NextAsync();

        _rig.Pipeline.Interrupt(long.MaxValue);
        await interrupted.EndWhenCutOffAsync();

        var again = await _rig.Destination.NextAsync();
        Assert.Equal((interrupted.Id, interrupted.Body, interrupted.At), (again.Id, again.Body, again.At));
        Assert.False(_rig.Breaker.IsOpen);
        again.Deliver();
    }

    [Fact]
    public async Task A_request_that_began_after_the_gap_is_not_interrupted()
    {
        var gap = _rig.Clock.GetTimestamp();
        _rig.Advance(10);
        _rig.Add("one");
        var attempt = await _rig.Destination.NextAsync();

        _rig.Pipeline.Interrupt(gap);

        Assert.False(attempt.IsInterrupted);
        Assert.Equal(1, _rig.Destination.Drops);
        attempt.Deliver();
        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
    }

    [Fact]
    public async Task A_response_that_came_in_spite_of_the_interruption_counts()
    {
        _rig.Add("one");
        var attempt = await _rig.Destination.NextAsync();

        _rig.Pipeline.Interrupt(long.MaxValue);
        attempt.Deliver();

        Assert.Equal(FlushResult.Emptied, await _rig.FlushAsync());
        Assert.Equal((1, 1), (_rig.Destination.Attempts, _rig.Read(ledger => ledger.Delivered)));
    }

    [Fact]
    public async Task An_interruption_is_forgotten_with_its_attempt()
    {
        _rig.Add("one");
        var first = await _rig.Destination.NextAsync();
        _rig.Pipeline.Interrupt(long.MaxValue);
        first.Deliver();
        _rig.Add("two");

        var second = await _rig.Destination.NextAsync();
        var flush = _rig.FlushAsync(ms: 100);
        _rig.Advance(100);
        await second.EndWhenCutOffAsync();

        Assert.Equal(FlushResult.CutOff, await flush);
        Assert.Single(_rig.Lines.With("the endpoint did not respond before the deadline"));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_stop_delivery()
    {
        _rig.Add("one");
        (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
        await _rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(50));

        _rig.Clock.Jump(TimeSpan.FromDays(-1));
        _rig.Advance(50);

        (await _rig.Destination.NextAsync()).Deliver();
        Assert.True(_rig.Pipeline.UntilAttempt <= TimeSpan.Zero);
    }

    public void Dispose() => _rig.Dispose();

    async Task FailAsync(int times)
    {
        for (var count = 1; count <= times; count++)
        {
            (await _rig.Destination.NextAsync()).Refuse(Verdict.Retry, 503);
            if (count == BreakerState.FailuresToOpen)
                return;

            var backoff = TimeSpan.FromMilliseconds(50 * count);
            await _rig.Clock.TimerAsync(backoff);
            _rig.Advance(backoff);
        }
    }
}
