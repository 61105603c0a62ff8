using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Tests.Diagnostics;

public sealed class LedgerTests
{
    readonly Ledger _ledger = new();

    [Fact]
    public void A_record_waits_until_it_leaves_by_one_of_the_ways()
    {
        _ledger.CountReceived(10);
        Assert.Equal(10, _ledger.Waiting);

        _ledger.CountFiltered(1);
        _ledger.CountDelivered(2, bytes: 300);
        _ledger.CountDropped(DropReason.BufferFull, 3);
        _ledger.CountSpilled(1);

        Assert.Equal((10, 1, 2, 3, 1, 3), (_ledger.Received, _ledger.Filtered, _ledger.Delivered, _ledger.Dropped, _ledger.Spilled, _ledger.Waiting));
        Assert.Equal((1, 300), (_ledger.Batches, _ledger.BytesDelivered));
        _ledger.Verify(waiting: 3);
    }

    [Fact]
    public void Drops_are_counted_by_reason()
    {
        _ledger.CountReceived(15);

        _ledger.CountDropped(DropReason.BufferFull, 1);
        _ledger.CountDropped(DropReason.Rejected, 2);
        _ledger.CountDropped(DropReason.TooLarge, 3);
        _ledger.CountDropped(DropReason.Shutdown, 4);
        _ledger.CountDropped(DropReason.Fault, 5);

        Assert.Equal([1L, 2, 3, 4, 5], Enum.GetValues<DropReason>().Select(_ledger.DroppedFor));
        Assert.Equal(15, _ledger.Dropped);
    }

    [Fact]
    public void Drops_are_reported_once_each()
    {
        Span<long> byReason = stackalloc long[Ledger.Reasons];
        Assert.False(_ledger.TryTakeUnreported(byReason));

        _ledger.CountReceived(10);
        _ledger.CountDropped(DropReason.Rejected, 2);
        Assert.True(_ledger.TryTakeUnreported(byReason));
        Assert.Equal([0L, 2, 0, 0, 0], byReason.ToArray());
        Assert.False(_ledger.TryTakeUnreported(byReason));

        _ledger.CountDropped(DropReason.Rejected, 1);
        _ledger.CountDropped(DropReason.TooLarge, 1);
        Assert.True(_ledger.TryTakeUnreported(byReason));
        Assert.Equal([0L, 1, 1, 0, 0], byReason.ToArray());
    }

    [Fact]
    public void Every_reason_has_a_name_of_its_own() =>
        Assert.Equal(["buffer_full", "rejected", "too_large", "shutdown", "fault"], Enum.GetValues<DropReason>().Select(DropReasonNames.Of));

    [Fact]
    public void The_summary_of_nothing_is_short() => Assert.Equal(
        "received 0, delivered 0 in 0 batches (0 bytes, 0 retries), filtered 0, dropped 0, waiting 0, spilled 0",
        _ledger.Summary());

    [Fact]
    public void The_summary_says_where_every_record_is()
    {
        _ledger.CountReceived(100);
        _ledger.CountDelivered(60, bytes: 12345);
        _ledger.CountRetry();
        _ledger.CountFiltered(10);
        _ledger.CountDropped(DropReason.Rejected, 5);
        _ledger.CountDropped(DropReason.Shutdown, 4);
        _ledger.CountSpilled(1);
        _ledger.CountPlatformDropped(7);

        Assert.Equal(
            "received 100, delivered 60 in 1 batches (12345 bytes, 1 retries), filtered 10, dropped 9 (rejected 5, shutdown 4), waiting 20, spilled 1; "
            + "dropped by Lambda before the extension received them: 7",
            _ledger.Summary());
    }
}
