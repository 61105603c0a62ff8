using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Responses that speak of single records.</summary>
public sealed class PartialResponseTests : IDisposable
{
    static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(50);

    readonly PipelineRig _rig = new();

    [Fact]
    public async Task Only_what_was_busy_is_sent_again_after_a_wait_and_as_a_batch_of_its_own()
    {
        _rig.Add("a", "b", "c", "d");
        var first = await _rig.Destination.NextAsync();
        var timer = _rig.Clock.TimerAsync(Backoff);
        Response(first, Verdict.Delivered, 200, new PartialResponse { RetryIndices = [1, 3], Reason = "429 busy" });
        await timer.Within("the wait to begin");

        Assert.Equal((2, 2, 0), _rig.Read(ledger => (ledger.Delivered, ledger.Waiting, ledger.Dropped)));
        Assert.Equal(1, _rig.Destination.Attempts);
        _rig.Advance(50);
        var second = await _rig.Destination.NextAsync();
        Assert.Equal(["b", "d"], second.Messages);
        Assert.NotEqual(first.Id, second.Id);
        second.Deliver();
        await _rig.FlushAsync();
        Assert.Equal((4, 0), _rig.Read(ledger => (ledger.Delivered, ledger.Waiting)));
    }

    [Fact]
    public async Task What_is_rejected_is_counted_and_reported_once_for_each_reason()
    {
        for (var round = 0; round < 2; round++)
        {
            _rig.Add("a", "b", "c");
            Response(await _rig.Destination.NextAsync(), Verdict.Delivered, 200, new PartialResponse { Rejected = 1, Reason = "too old" });
        }

        await _rig.FlushAsync();
        Assert.Equal(2, _rig.Read(ledger => ledger.DroppedFor(DropReason.Rejected)));
        var line = Assert.Single(_rig.Lines.With("rejected 1 of 3"));
        Assert.Contains("(too old); this is logged once per reason", line);
    }

    [Fact]
    public async Task Where_nothing_has_arrived_the_same_batch_is_sent_again()
    {
        _rig.Add("a", "b");
        var first = await _rig.Destination.NextAsync();
        var timer = _rig.Clock.TimerAsync(Backoff);
        Response(first, Verdict.Delivered, 200, new PartialResponse { RetryIndices = [0, 1], Reason = "429 busy" });
        await timer.Within("the wait to begin");
        _rig.Advance(50);
        var second = await _rig.Destination.NextAsync();
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.Single(_rig.Lines.With("the endpoint responded with 200 (429 busy); 2 records are kept"));
    }

    [Fact]
    public async Task Of_two_records_that_may_be_wrong_the_first_goes_alone_and_the_response_to_it_says_from_where_is_counted()
    {
        _rig.Add("a", "b", "wrong", "d", "wrong", "f");
        Response(await _rig.Destination.NextAsync(), Verdict.Rejected, 400, Wrong(2));
        Assert.Equal(0, _rig.Read(ledger => ledger.DroppedFor(DropReason.Rejected)));
        var alone = await _rig.Destination.NextAsync();
        Assert.Equal(["b"], alone.Messages);
        alone.Deliver();
        var rest = await _rig.Destination.NextAsync();
        Assert.Equal(["wrong", "d", "wrong", "f"], rest.Messages);
        Response(rest, Verdict.Rejected, 400, Wrong(0));
        (await _rig.Destination.NextAsync()).Deliver();
        var last = await _rig.Destination.NextAsync();
        Assert.Equal(["wrong", "f"], last.Messages);
        Response(last, Verdict.Rejected, 400, Wrong(0));
        (await _rig.Destination.NextAsync()).Deliver();
        await _rig.FlushAsync();
        Assert.Equal((4, 2, 0), _rig.Read(ledger => (ledger.Delivered, ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
    }

    [Fact]
    public async Task A_wrong_record_that_stands_last_leaves_nothing_to_send_again()
    {
        _rig.Add("a", "wrong");
        Response(await _rig.Destination.NextAsync(), Verdict.Rejected, 400, Wrong(2));
        await _rig.FlushAsync();
        Assert.Equal((1, 1, 0), _rig.Read(ledger => (ledger.Delivered, ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
    }

    [Fact]
    public async Task Indices_and_counts_beyond_the_batch_mean_nothing()
    {
        _rig.Add("a", "b");
        Response(await _rig.Destination.NextAsync(), Verdict.Delivered, 200, new PartialResponse { RetryIndices = [5], Rejected = 7, Reason = "odd" });
        await _rig.FlushAsync();
        Assert.Equal((2, 0), _rig.Read(ledger => (ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
    }

    [Fact]
    public async Task An_endpoint_that_rejects_every_record_is_asked_once_for_each_batch_and_left_alone_after_three()
    {
        for (var round = 0; round < 3; round++)
        {
            _rig.Add("a");
            Response(await _rig.Destination.NextAsync(), Verdict.Delivered, 200, new PartialResponse { Rejected = 1, Reason = "no" });
        }

        await _rig.FlushAsync();
        Assert.True(_rig.Breaker.IsOpen);
        _rig.Add("a");
        Assert.Equal(FlushResult.GaveUp, await _rig.FlushAsync());
        Assert.Equal(3, _rig.Destination.Attempts);
        Assert.Equal((3, 1, 4), _rig.Read(ledger => (ledger.Dropped, ledger.Waiting, ledger.Received)));
        Assert.Single(_rig.Lines.With("the endpoint rejects logs with status 200 (no); 1 records were dropped; this is logged once per reason"));
    }

    [Fact]
    public async Task What_names_one_record_but_holds_for_all_refuses_the_batch_with_its_advice()
    {
        for (var round = 0; round < 3; round++)
        {
            _rig.Add("a", "b", "c");
            Response(
                await _rig.Destination.NextAsync(), Verdict.Rejected, 400,
                new PartialResponse { IsRefusal = true, Reason = "400 Incorrect index", Advice = "LOGS_SPLUNK_INDEX has to be another" });
        }

        await _rig.FlushAsync();
        Assert.Equal((0, 9, 3), (_rig.Read(ledger => ledger.Delivered), _rig.Read(ledger => ledger.Dropped), _rig.Destination.Attempts));
        Assert.True(_rig.Breaker.IsOpen);
        Assert.Single(_rig.Lines.With("rejects logs with status 400 (400 Incorrect index); LOGS_SPLUNK_INDEX has to be another; 3 records were dropped"));
    }

    [Fact]
    public async Task Whatever_the_responses_say_a_flush_asks_a_bounded_number_of_times()
    {
        _rig.Destination.OnAttempt = attempt => Response(attempt, Verdict.Rejected, 400, Wrong(attempt.Messages.Length == 1 ? 0 : 1));
        using (_rig.Pipeline.Enter())
        {
            for (var line = 0; line < 2000; line++)
                _rig.Pipeline.Add(Some.Line("wrong"));
        }

        for (var flush = 1; flush <= 3; flush++)
        {
            await _rig.FlushAsync();
            Assert.InRange(_rig.Destination.Attempts, 1, flush * PumpStep.SetbacksMax);
        }

        await _rig.FlushAsync(isFinal: true);
        Assert.InRange(_rig.Destination.Attempts, 1, PumpStep.FinalSetbacksMax + (3 * PumpStep.SetbacksMax));
    }

    [Fact]
    public async Task A_response_that_cannot_be_read_is_a_delivery_and_reported_once()
    {
        for (var round = 0; round < 2; round++)
        {
            _rig.Add("a");
            Response(await _rig.Destination.NextAsync(), Verdict.Delivered, 200, PartialResponse.Unreadable);
        }

        await _rig.FlushAsync();
        Assert.Equal(2, _rig.Read(ledger => ledger.Delivered));
        Assert.Single(_rig.Lines.With("cannot be parsed"));
    }

    public void Dispose() => _rig.Dispose();

    static PartialResponse Wrong(int number) => new() { StoppedAt = number, StoppedForRecord = true, Reason = "400 Invalid data format" };

    static void Response(SendAttempt attempt, Verdict verdict, int status, PartialResponse partial) =>
        attempt.Response(new SendResult(verdict, status, FailureKind.None, null) { Partial = partial });
}
