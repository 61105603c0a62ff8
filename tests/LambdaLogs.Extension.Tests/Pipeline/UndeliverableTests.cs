using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>Records that an endpoint can never take, and bodies that never fit the time there is: what is behind them gets on.</summary>
public sealed class UndeliverableTests
{
    static readonly PipelineOptions Options = new() { BatchLinger = TimeSpan.Zero, BatchMaxRecords = 64 };

    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public void One_record_that_always_fails_is_set_aside_and_all_others_arrive(int status)
    {
        using var rig = new PipelineRig(Options);
        var asked = 0;
        rig.Destination.OnAttempt = attempt =>
        {
            asked += attempt.Limit.ExpectContinue ? 1 : 0;
            if (attempt.Body.Contains("poison"))
                attempt.Response(new SendResult(Verdict.Retry, status, status == 0 ? FailureKind.Reset : FailureKind.None, null));
            else
                attempt.Deliver();
        };

        rig.Add([.. Lines(0, 17), "poison", .. Lines(17, 60)]);
        for (var line = 60; rig.Read(ledger => ledger.Dropped) == 0; line++)
        {
            // The function goes on writing.
            Assert.InRange(line, 60, 400);
            rig.Add($"line {line}");
            Settle(rig);
        }

        Settle(rig);
        Assert.Equal((1, 0), rig.Read(ledger => (ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
        Assert.Equal(1, asked);
        var arrived = rig.Destination.Rest().Where(attempt => !attempt.Body.Contains("poison")).SelectMany(attempt => attempt.Messages);
        Assert.Equal(60, arrived.Where(message => message.StartsWith("line ")).Distinct().Count(message => int.Parse(message[5..]) < 60));
        Assert.Single(rig.Lines.With("for the same record in every attempt"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(59)]
    public void It_is_found_in_a_batch_that_waits_alone(int at)
    {
        using var rig = new PipelineRig(Options);
        rig.Destination.OnAttempt = RefusePoison;

        rig.Add([.. Lines(0, at), "poison", .. Lines(at, 59)]);
        Settle(rig);

        Assert.Equal((59, 1, 0), rig.Read(ledger => (ledger.Delivered, ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
        Assert.Equal(59, rig.Destination.Rest().Where(IsTaken).SelectMany(attempt => attempt.Messages).Distinct().Count());
        Assert.InRange(rig.Destination.Attempts, 60 / 8, 60);
    }

    [Theory]
    [InlineData("nothing about records")]
    [InlineData("nothing that can be parsed")]
    [InlineData("that none was rejected")]
    public void Each_other_record_arrives_once_whatever_a_success_says(string said)
    {
        using var rig = new PipelineRig(Options);
        var partial = said switch
        {
            "nothing about records" => null,
            "nothing that can be parsed" => PartialResponse.Unreadable,
            _ => new PartialResponse(),
        };
        rig.Destination.OnAttempt = attempt =>
        {
            if (IsTaken(attempt))
                attempt.Response(new SendResult(Verdict.Delivered, 200, FailureKind.None, null) { Partial = partial });
            else
                attempt.Refuse(Verdict.Retry, 503);
        };

        rig.Add([.. Lines(0, 1), "poison", .. Lines(1, 7)]);
        Settle(rig);

        Assert.Equal((7, 1, 0), rig.Read(ledger => (ledger.Delivered, ledger.DroppedFor(DropReason.Rejected), ledger.Waiting)));
        Assert.Equal(7, rig.Destination.Rest().Where(IsTaken).SelectMany(attempt => attempt.Messages).Count(message => message.StartsWith("line ")));
    }

    [Fact]
    public void Several_of_them_are_found_in_a_batch_that_waits_alone()
    {
        using var rig = new PipelineRig(Options);
        rig.Destination.OnAttempt = RefusePoison;

        rig.Add(["poison 1", "poison 2", .. Lines(0, 20), "poison 3", .. Lines(20, 40), "poison 4"]);
        Settle(rig);

        Assert.Equal(40, rig.Destination.Rest().Where(IsTaken).SelectMany(attempt => attempt.Messages).Distinct().Count());
        Assert.Equal(0, rig.Read(ledger => ledger.DroppedFor(DropReason.Shutdown)));
    }

    [Fact]
    public void A_record_that_waits_alone_is_kept_as_long_as_nothing_shows_that_the_endpoint_is_up()
    {
        using var rig = new PipelineRig(Options);
        rig.Destination.OnAttempt = attempt => attempt.Refuse(Verdict.Retry, 503);
        rig.Add("alone");
        for (var count = 0; count < 100; count++)
            rig.Advance(60_000);
        Assert.Equal((1, 0), rig.Read(ledger => (ledger.Waiting, ledger.Dropped)));

        rig.Destination.OnAttempt = attempt => attempt.Deliver();
        while (rig.Read(ledger => ledger.Waiting) > 0)
        {
            rig.Advance(60_000);
            Thread.Yield();
        }

        Assert.Equal((1, 0), rig.Read(ledger => (ledger.Delivered, ledger.Dropped)));
    }

    [Fact]
    public void A_batch_that_waits_alone_keeps_its_id_and_its_body_while_the_endpoint_is_down()
    {
        using var rig = new PipelineRig(Options);
        rig.Destination.OnAttempt = attempt => attempt.Refuse(Verdict.Retry, 503);
        rig.Add([.. Lines(0, 60)]);
        while (rig.Destination.Attempts < 40)
        {
            rig.Advance(60_000);
            Thread.Yield();
        }

        var whole = rig.Destination.Rest().Where(attempt => attempt.Messages.Length == 60).ToList();
        Assert.True(whole.Count > 10);
        Assert.Single(whole.Select(attempt => (attempt.Id, attempt.Body)).Distinct());
        rig.Destination.OnAttempt = attempt => attempt.Deliver();
        while (rig.Read(ledger => ledger.Waiting) > 0)
        {
            rig.Advance(60_000);
            Thread.Yield();
        }

        Assert.Equal((60, 0), rig.Read(ledger => (ledger.Delivered, ledger.Dropped)));
    }

    [Fact]
    public void An_endpoint_that_is_down_loses_nothing_however_often_it_is_tried()
    {
        using var rig = new PipelineRig(Options);
        rig.Destination.OnAttempt = attempt => attempt.Refuse(Verdict.Retry, 503);
        for (var line = 0; line < 300; line++)
        {
            rig.Add($"line {line}");
            rig.Advance(10_000);
        }

        rig.Destination.OnAttempt = attempt => attempt.Deliver();
        Settle(rig);

        Assert.Equal((300, 0), rig.Read(ledger => (ledger.Delivered, ledger.Dropped)));
    }

    [Fact]
    public void A_body_that_is_refused_for_one_record_is_halved_until_that_is_found()
    {
        using var rig = new PipelineRig(Options);
        rig.Destination.OnAttempt = attempt =>
        {
            if (attempt.Body.Contains("wrong"))
                attempt.Refuse(Verdict.Rejected, 400);
            else
                attempt.Deliver();
        };

        rig.Add([.. Lines(0, 30), "wrong", .. Lines(30, 60)]);
        Settle(rig);

        Assert.Equal(1, rig.Read(ledger => ledger.DroppedFor(DropReason.Rejected)));
        Assert.Equal(0, rig.Read(ledger => ledger.Waiting));
        Assert.InRange(rig.Destination.Attempts, 2, 24);
    }

    [Fact]
    public void Where_everything_is_refused_one_search_shows_it()
    {
        using var rig = new PipelineRig(Options);
        rig.Destination.OnAttempt = attempt => attempt.Refuse(Verdict.Rejected, 400);

        rig.Add([.. Lines(0, 640)]);
        Settle(rig);

        Assert.Equal(640, rig.Read(ledger => ledger.DroppedFor(DropReason.Rejected)));
        Assert.InRange(rig.Destination.Attempts, 10, 17);
    }

    [Fact]
    public async Task A_body_that_gets_further_with_each_attempt_is_sent_on_and_never_again()
    {
        using var rig = new PipelineRig(Options);
        rig.Add([.. Lines(0, 40)]);
        var first = await CutOffAsync(rig, sentBytes: 50_000);
        for (var count = 2; count < 6; count++)
        {
            var next = await CutOffAsync(rig, sentBytes: 50_000 * count);
            Assert.Equal((first.Id, first.Body), (next.Id, next.Body));
        }

        var waiting = await CutOffAsync(rig, sentBytes: 250_000, sentWhole: true);
        Assert.Equal(first.Id, waiting.Id);
        Assert.Equal(first.Id, (await CutOffAsync(rig, sentBytes: 250_000, sentWhole: true)).Id);
    }

    [Fact]
    public async Task A_body_that_never_gets_further_is_sent_in_parts_that_fit_the_rate()
    {
        using var rig = new PipelineRig(Options);
        rig.Add([.. Lines(0, 40)]);
        var first = await CutOffAsync(rig, sentBytes: 20_000);
        var second = await CutOffAsync(rig, sentBytes: 20_000);
        Assert.Equal(first.Id, second.Id);

        var third = await CutOffAsync(rig, sentBytes: 20_000);

        Assert.NotEqual(first.Id, third.Id);
        Assert.InRange(third.Messages.Length, 1, 20);
    }

    [Fact]
    public async Task A_body_whose_connection_breaks_after_a_part_of_it_is_sent_in_parts_no_larger_than_that()
    {
        using var rig = new PipelineRig(Options with { BatchMaxRecords = 10_000 });
        rig.Add([.. Lines(0, 400)]);
        var first = await CutOffAsync(rig, sentBytes: 20_000);
        rig.Pipeline.Resume();
        var second = await rig.Destination.NextAsync();
        second.Response(new SendResult(Verdict.Retry, 0, FailureKind.Reset, null) { SentBytes = 30_000, SendElapsed = TimeSpan.FromSeconds(2) });
        var next = rig.Destination.NextAsync();
        while (!next.IsCompleted)
        {
            rig.Advance(1000);
            await Task.Yield();
        }

        var third = await next;
        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Id, third.Id);
        Assert.InRange(first.Body.Length, 30_001, int.MaxValue);
        Assert.InRange(third.Body.Length, 1, 21_000);
    }

    static void RefusePoison(SendAttempt attempt)
    {
        if (IsTaken(attempt))
            attempt.Deliver();
        else
            attempt.Refuse(Verdict.Retry, 503);
    }

    static bool IsTaken(SendAttempt attempt) => !attempt.Body.Contains("poison");

    static string[] Lines(int from, int to) => [.. Enumerable.Range(from, to - from).Select(line => $"line {line}")];

    static async Task<SendAttempt> CutOffAsync(PipelineRig rig, long sentBytes, bool sentWhole = false)
    {
        rig.Pipeline.Resume();
        var attempt = await rig.Destination.NextAsync();
        var flush = rig.FlushAsync(ms: 1000);
        await rig.Clock.TimerAsync(TimeSpan.FromMilliseconds(1000));
        rig.Advance(1000);
        attempt.Response(new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null)
        {
            SentBytes = sentBytes,
            SendElapsed = TimeSpan.FromSeconds(1),
            SentWhole = sentWhole,
        });
        Assert.Equal(FlushResult.CutOff, await flush);
        // The circuit of an endpoint that is cut off three times is open.
        rig.Advance(60_000);
        return attempt;
    }

    /// <summary>Lets time pass until nothing more happens.</summary>
    static void Settle(PipelineRig rig)
    {
        for (var (quiet, rounds) = (0, 0); quiet < 200 && rounds < 5000 && rig.Read(ledger => ledger.Waiting) > 0; rounds++)
        {
            var before = rig.Destination.Attempts;
            rig.Advance(2000);
            Thread.Sleep(1);
            quiet = rig.Destination.Attempts == before ? quiet + 1 : 0;
        }
    }
}
