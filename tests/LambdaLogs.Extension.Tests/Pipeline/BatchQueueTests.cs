using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class BatchQueueTests
{
    // The smallest body: 4096 bytes, of which the envelope's end takes 128.
    static readonly PipelineOptions Small = new() { BatchMaxBytes = 4096, BufferMaxBytes = 10_000 };

    readonly Ledger _ledger = new();
    readonly ManualClock _clock = new();

    [Fact]
    public void Records_gather_in_the_open_batch()
    {
        var queue = NewQueue(Small);
        Assert.False(queue.HasWaiting);

        Assert.True(Add(queue, 100));
        Assert.True(Add(queue, 100));

        Assert.True(queue.HasWaiting);
        Assert.False(queue.HasClosed);
        Assert.Equal(200, queue.Bytes);
        Assert.Equal(2, _ledger.Waiting);
        queue.VerifyLedger();
    }

    [Fact]
    public void The_open_batch_knows_when_its_first_record_came()
    {
        var queue = NewQueue(Small);
        Assert.Null(queue.OpenedAt);
        var first = _clock.GetTimestamp();

        Add(queue, 100);
        _clock.Advance(20);
        Add(queue, 100);

        Assert.Equal(first, queue.OpenedAt);
    }

    [Fact]
    public void A_batch_closes_when_the_next_record_would_make_its_body_too_large()
    {
        var queue = NewQueue(Small);
        Add(queue, 2000);
        Add(queue, 4096 - 128 - 1 - 2000);
        Assert.False(queue.HasClosed);

        Add(queue, 1);

        Assert.True(queue.HasClosed);
        Assert.Equal(2, queue.Take(withOpen: false)!.Records);
    }

    [Fact]
    public void A_batch_closes_at_its_count_of_records()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 3 });

        for (var count = 0; count < 7; count++)
            Add(queue, 10);

        Assert.Equal([3, 3, 1], Drain(queue).Select(batch => batch.Records));
    }

    [Fact]
    public void A_small_buffer_makes_small_batches() =>
        Assert.Equal(25_000, NewQueue(new PipelineOptions { BatchMaxBytes = 90_000, BufferMaxBytes = 100_000 }).BodyBytesMax);

    [Fact]
    public void The_open_batch_is_taken_only_where_it_may_and_no_closed_one_waits()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 1 });
        Assert.Null(queue.Take(withOpen: true));
        Add(queue, 10);
        Assert.Null(queue.Take(withOpen: false));
        Add(queue, 20);

        Assert.Equal(10, queue.Take(withOpen: true)!.RecordBytes);
        queue.Delivered();
        Assert.Equal(20, queue.Take(withOpen: true)!.RecordBytes);
    }

    [Fact]
    public void A_batch_in_flight_counts_as_waiting_until_it_is_delivered()
    {
        var queue = NewQueue(Small);
        Add(queue, 100);

        queue.Take(withOpen: true);
        Assert.True(queue.HasInFlight);
        Assert.False(queue.HasWaiting);
        Assert.Equal((100, 1), (queue.Bytes, _ledger.Waiting));
        queue.VerifyLedger();

        queue.Delivered();
        Assert.False(queue.HasInFlight);
        Assert.Equal((0, 0, 1, 1), (queue.Bytes, _ledger.Waiting, _ledger.Delivered, _ledger.Batches));
    }

    [Fact]
    public void A_batch_that_comes_back_is_first_again()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 1 });
        Add(queue, 10);
        Add(queue, 20);
        var first = queue.Take(withOpen: true);

        queue.Return();

        Assert.False(queue.HasInFlight);
        Assert.Equal(first!.RecordBytes, queue.Take(withOpen: true)!.RecordBytes);
    }

    [Fact]
    public void A_batch_that_is_given_up_is_counted_by_reason()
    {
        var queue = NewQueue(Small);
        Add(queue, 100);
        Add(queue, 100);
        queue.Take(withOpen: true);

        queue.Drop(DropReason.Rejected);

        Assert.Equal((0, 2), (queue.Bytes, _ledger.DroppedFor(DropReason.Rejected)));
        Assert.False(queue.HasInFlight);
        queue.VerifyLedger();
    }

    [Fact]
    public void What_did_not_go_with_a_part_of_a_batch_waits_in_its_place()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 3 });
        foreach (var size in (int[])[10, 20, 30, 40])
            Add(queue, size);
        var batch = queue.Take(withOpen: false)!;
        batch.Limit(2);
        Assert.Equal(2, batch.Records);

        queue.Delivered();

        Assert.Equal((2, 2), (_ledger.Delivered, _ledger.Waiting));
        // The separator before the first record that waits has gone with those before it.
        Assert.Equal(29 + 40, queue.Bytes);
        queue.VerifyLedger();
        Assert.Equal([(1, 29), (1, 40)], Drain(queue));
        Assert.Equal(0, queue.Bytes);
    }

    [Fact]
    public void Another_batch_is_taken_where_that_is_asked_for_and_the_first_keeps_its_place()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 1 });
        Add(queue, 10);
        Assert.False(queue.HasOther);
        Add(queue, 20);
        Assert.True(queue.HasOther);

        Assert.Equal(20, queue.Take(withOpen: true, other: true)!.RecordBytes);
        queue.Delivered();

        Assert.Equal([(1, 10)], Drain(queue));
    }

    [Fact]
    public void A_batch_stays_where_it_is_while_others_come_and_go_around_it()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 4 });
        Add(queue, 100, (byte)'a');
        var flying = queue.Take(withOpen: true)!;
        flying.Seal(Some.Format(), _clock.GetUtcNow());
        var body = flying.Body.ToArray();

        for (var index = 0; index < 500; index++)
            Add(queue, 500 + index, (byte)'b');

        Assert.Equal(body, flying.Body.ToArray());
        queue.VerifyLedger();
    }

    [Fact]
    public void Many_tiny_batches_cost_no_managed_memory()
    {
        var queue = NewQueue(new PipelineOptions { BatchMaxRecords = 1 });
        for (var index = 0; index < 2000; index++)
            Add(queue, 60);

        var allocated = Allocation.LeastOf(() =>
        {
            for (var index = 0; index < 20_000; index++)
                Add(queue, 60);
        });

        Assert.InRange(allocated, 0, 1000);
        Assert.True(_ledger.DroppedFor(DropReason.BufferFull) > 0);
        queue.VerifyLedger();
    }

    [Theory]
    [InlineData(64 * 1024, 8 * 1024, 10_000)]
    [InlineData(64 * 1024 * 1024, 16 * 1024 * 1024, 100)]
    [InlineData(128 * 1024 * 1024, 16 * 1024 * 1024, 1_000_000)]
    [InlineData(1024 * 1024 * 1024, 16 * 1024 * 1024, 1)]
    public void Every_allowed_extreme_takes_what_its_buffer_says(long buffer, int body, int records)
    {
        var options = new PipelineOptions { BufferMaxBytes = buffer, BatchMaxBytes = body, BatchMaxRecords = records };
        Assert.InRange(new QueueMemory(options).Bytes, buffer, (buffer * 9 / 8) + (200L * 1024 * 1024));
        var queue = NewQueue(options);

        for (var index = 0; index < 20_000; index++)
            Add(queue, 1000);

        Assert.True(queue.Bytes >= Math.Min(20_000 * 1000, buffer * 7 / 10));
        queue.VerifyLedger();
    }

    [Fact]
    public void A_full_buffer_gives_up_the_oldest_batch()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 2 });
        for (var index = 0; index < 6; index++)
            Assert.True(Add(queue, 1600 + index));

        Assert.True(Add(queue, 1700));

        Assert.Equal(2, _ledger.DroppedFor(DropReason.BufferFull));
        Assert.Equal([1602 + 1603, 1604 + 1605, 1700], Drain(queue).Select(batch => batch.RecordBytes));
    }

    [Fact]
    public void A_full_buffer_gives_up_no_more_than_it_must()
    {
        var queue = NewQueue(Small with { BufferMaxBytes = 2000 });
        Add(queue, 1000);
        Add(queue, 1000);
        Assert.Equal(0, _ledger.Dropped);

        Add(queue, 1);

        Assert.Equal(2, _ledger.Dropped);
    }

    [Fact]
    public void What_is_in_flight_is_never_given_up_for_room()
    {
        var queue = NewQueue(Small with { BufferMaxBytes = 2000 });
        Add(queue, 1500);
        var batch = queue.Take(withOpen: true)!;

        Assert.False(Add(queue, 501));
        Assert.True(Add(queue, 500));
        Assert.False(Add(queue, 501));

        Assert.Equal(1500, batch.RecordBytes);
        // The record that did not fit has made way for the last one, which did not fit either.
        Assert.Equal((3, 1500), (_ledger.DroppedFor(DropReason.BufferFull), queue.Bytes));
        queue.VerifyLedger();
    }

    [Fact]
    public void A_full_buffer_takes_nothing_new_where_that_is_asked_for()
    {
        var queue = NewQueue(Small with { BufferMaxBytes = 2000, WhenFull = WhenFull.DropNewest });
        Assert.True(Add(queue, 1500));
        Assert.False(Add(queue, 501));
        Assert.True(Add(queue, 500));
        Assert.False(Add(queue, 1));

        Assert.Equal((2000, 2), (queue.Bytes, _ledger.DroppedFor(DropReason.BufferFull)));
        Assert.Equal([2000], Drain(queue).Select(batch => batch.RecordBytes));
    }

    [Fact]
    public void Buffers_are_used_again()
    {
        var queue = NewQueue(Small);
        long start = 0;
        for (var round = 0; round < 1000; round++)
        {
            if (round == 10)
                start = GC.GetAllocatedBytesForCurrentThread();
            Add(queue, 3000);
            queue.Take(withOpen: true);
            queue.Delivered();
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - start < 1_000_000);
    }

    BatchQueue NewQueue(PipelineOptions options) => new(options, _ledger);

    bool Add(BatchQueue queue, int size, byte fill = (byte)'x')
    {
        _ledger.CountReceived(1);
        if (queue.Reserve(size, "["u8, _clock) is not { } batch)
            return false;

        batch.FreeSpace(size)[..size].Fill(fill);
        queue.Commit(batch, size);
        return true;
    }

    static List<(int Records, int RecordBytes)> Drain(BatchQueue queue)
    {
        var batches = new List<(int, int)>();
        while (queue.Take(withOpen: true) is { } batch)
        {
            batches.Add((batch.Records, batch.RecordBytes));
            queue.Delivered();
            queue.VerifyLedger();
        }

        return batches;
    }
}
