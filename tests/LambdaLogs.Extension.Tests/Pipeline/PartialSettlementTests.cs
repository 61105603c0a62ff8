using FsCheck.Fluent;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class PartialSettlementTests
{
    [Theory]
    [InlineData(2, 5, RecordNumbering.FromZero, 2)]
    [InlineData(2, 5, RecordNumbering.FromOne, 1)]
    [InlineData(0, 5, RecordNumbering.Unknown, 0)]
    [InlineData(0, 5, RecordNumbering.FromOne, 0)]
    [InlineData(5, 5, RecordNumbering.Unknown, 4)]
    [InlineData(1, 1, RecordNumbering.Unknown, 0)]
    [InlineData(0, 1, RecordNumbering.Unknown, 0)]
    internal void A_wrong_record_is_rejected_and_what_follows_is_sent_again_in_halves(int number, int records, RecordNumbering numbering, int wrong)
    {
        var settlement = PartialSettlement.Of(Wrong(number), records, numbering);
        Assert.Equal((wrong, 1), (settlement.Arrived, settlement.Rejected));
        Assert.Equal(Enumerable.Range(wrong + 1, records - wrong - 1), settlement.RetryIndices.SelectMany(part => part));
        Assert.InRange(settlement.RetryIndices.Count, 0, 2);
        Assert.False(settlement.IsBusy);
    }

    [Fact]
    public void Numbers_beyond_the_batch_refuse_it() => Assert.True(PartialSettlement.Of(Wrong(6), 5, RecordNumbering.Unknown).IsRefusal);

    [Theory]
    [InlineData(0, RecordNumbering.Unknown, 0)]
    [InlineData(1, RecordNumbering.Unknown, 0)]
    [InlineData(3, RecordNumbering.Unknown, 2)]
    [InlineData(3, RecordNumbering.FromZero, 3)]
    [InlineData(99, RecordNumbering.FromZero, 4)]
    internal void What_may_not_have_arrived_before_a_busy_destination_stopped_is_sent_again(int number, RecordNumbering numbering, int arrived)
    {
        var settlement = PartialSettlement.Of(new PartialResponse { StoppedAt = number }, 5, numbering);
        Assert.Equal((arrived, 0, true), (settlement.Arrived, settlement.Rejected, settlement.IsBusy));
        Assert.Equal(arrived == 0, settlement.IsFailure);
    }

    [Fact]
    public void However_a_destination_counts_no_wrong_record_counts_as_arrived_and_each_costs_few_requests()
    {
        var inputs = Gen.Zip(Gen.Zip(Gen.Choose(1, 200), Gen.Choose(0, 100)), Gen.Zip(Gen.Choose(0, 1), Gen.Choose(0, int.MaxValue)));
        ReadingProperty.Holds(inputs, input =>
        {
            var ((records, share), (first, seed)) = input;
            var random = new Random(seed);
            bool[] isWrong = [.. Enumerable.Range(0, records).Select(_ => random.Next(100) < share)];
            var (requests, sent) = Deliver(isWrong, first);
            var wrong = isWrong.Count(one => one);
            var log = Math.Ceiling(Math.Log2(records)) + 1;
            Assert.InRange(requests, 1, 2 + (wrong * 3));
            Assert.InRange(sent, records, (records * (log + 1)) + 1);
            return true;
        });
    }

    /// <summary>Sends all to a destination that reads in order and stops at the first wrong record.</summary>
    static (int Requests, int Sent) Deliver(bool[] isWrong, int countsFrom)
    {
        var waiting = new Stack<IReadOnlyList<int>>([Enumerable.Range(0, isWrong.Length).ToList()]);
        var arrived = new int[isWrong.Length];
        var rejected = 0;
        var numbering = RecordNumbering.Unknown;
        var (requests, sent) = (0, 0);
        while (waiting.TryPop(out var batch))
        {
            requests++;
            sent += batch.Count;
            var stop = batch.TakeWhile(record => !isWrong[record]).Count();
            foreach (var record in batch.Take(stop))
                arrived[record]++;
            if (stop == batch.Count)
                continue;

            var settlement = PartialSettlement.Of(Wrong(stop + countsFrom), batch.Count, numbering);
            numbering = settlement.Numbering;
            rejected += settlement.Rejected;
            foreach (var part in settlement.RetryIndices.Reverse())
                waiting.Push([.. part.Select(index => batch[index])]);
        }

        Assert.Equal(isWrong.Count(one => one), rejected);
        for (var record = 0; record < isWrong.Length; record++)
            Assert.InRange(arrived[record], isWrong[record] ? 0 : 1, isWrong[record] ? 0 : 2);
        Assert.InRange(arrived.Count(one => one == 2), 0, 1);
        return (requests, sent);
    }

    static PartialResponse Wrong(int number) => new() { StoppedAt = number, StoppedForRecord = true };
}
