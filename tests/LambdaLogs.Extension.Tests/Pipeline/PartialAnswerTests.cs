using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Answers that speak of single records.</summary>
public sealed class PartialAnswerTests : IDisposable
{
    static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(50);

    readonly PipelineRig _rig = new();

    [Fact]
    public async Task Only_what_was_busy_is_sent_again_after_a_wait_and_as_a_batch_of_its_own()
    {
        _rig.Add("a", "b", "c", "d");
        var first = await _rig.Destination.NextAsync();
        var timer = _rig.Clock.TimerAsync(Backoff);
        Answer(first, Verdict.Delivered, 200, new PartialAnswer { SendAgain = [1, 3], Reason = "429 busy" });
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
    public async Task What_is_rejected_is_counted_told_once_for_each_reason_and_reported_to_the_endpoint()
    {
        for (var round = 0; round < 2; round++)
        {
            _rig.Add("a", "b", "c");
            Answer(await _rig.Destination.NextAsync(), Verdict.Delivered, 200, new PartialAnswer { Rejected = 1, Reason = "too old" });
            var report = await _rig.Destination.NextAsync();
            Assert.Single(report.Records("extension.dropped"));
            report.Deliver();
        }

        await _rig.FlushAsync();
        Assert.Equal(2, _rig.Read(ledger => ledger.DroppedFor(DropReason.Rejected)));
        var line = Assert.Single(_rig.Lines.With("rejected 1 of 3"));
        Assert.Contains("(too old); this is said once per reason", line);
    }

    [Fact]
    public async Task Where_nothing_has_arrived_the_same_batch_is_sent_again()
    {
        _rig.Add("a", "b");
        var first = await _rig.Destination.NextAsync();
        var timer = _rig.Clock.TimerAsync(Backoff);
        Answer(first, Verdict.Delivered, 200, new PartialAnswer { SendAgain = [0, 1], Reason = "429 busy" });
        await timer.Within("the wait to begin");
        _rig.Advance(50);
        var second = await _rig.Destination.NextAsync();
        Assert.Equal((first.Id, first.Body), (second.Id, second.Body));
        Assert.Single(_rig.Lines.With("the endpoint answered 200 (429 busy); 2 records wait"));
    }

    [Fact]
    public async Task What_stands_behind_a_wrong_record_is_sent_again_at_once()
    {
        _rig.Add("a", "wrong", "c", "d");
        Answer(
            await _rig.Destination.NextAsync(), Verdict.Rejected, 400, new PartialAnswer { Rejected = 1, SendAgainFrom = 2, Reason = "400 Invalid data format" });
        var second = await _rig.Destination.NextAsync();
        Assert.Equal(["c", "d"], second.Messages);
        Assert.Equal((1, 1), _rig.Read(ledger => (ledger.Delivered, ledger.DroppedFor(DropReason.Rejected))));
    }

    [Fact]
    public async Task A_wrong_record_that_stands_last_leaves_nothing_to_send_again()
    {
        _rig.Add("a", "wrong");
        Answer(await _rig.Destination.NextAsync(), Verdict.Rejected, 400, new PartialAnswer { Rejected = 1, SendAgainFrom = 2 });
        (await _rig.Destination.NextAsync()).Deliver();
        await _rig.FlushAsync();
        Assert.Equal((1, 0), _rig.Read(ledger => (ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
    }

    [Fact]
    public async Task Places_and_counts_beyond_the_batch_mean_nothing()
    {
        _rig.Add("a", "b");
        Answer(await _rig.Destination.NextAsync(), Verdict.Delivered, 200, new PartialAnswer { SendAgain = [5], Rejected = 7, Reason = "odd" });
        (await _rig.Destination.NextAsync()).Deliver();
        await _rig.FlushAsync();
        Assert.Equal((2, 0), _rig.Read(ledger => (ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_a_delivery_and_told_once()
    {
        for (var round = 0; round < 2; round++)
        {
            _rig.Add("a");
            Answer(await _rig.Destination.NextAsync(), Verdict.Delivered, 200, PartialAnswer.Unreadable);
        }

        await _rig.FlushAsync();
        Assert.Equal(2, _rig.Read(ledger => ledger.Delivered));
        Assert.Single(_rig.Lines.With("cannot be read"));
    }

    public void Dispose() => _rig.Dispose();

    static void Answer(SendAttempt attempt, Verdict verdict, int status, PartialAnswer partial) =>
        attempt.Answer(new SendResult(verdict, status, FailureKind.None, null) { Partial = partial });
}
