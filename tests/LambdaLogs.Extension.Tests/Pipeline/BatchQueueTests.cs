using System.Text;
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
        queue.Check();
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
        queue.Check();

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
        Assert.Same(first, queue.Take(withOpen: true));
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
        queue.Check();
    }

    [Fact]
    public void Parts_of_a_batch_take_its_place()
    {
        var queue = NewQueue(Small with { BatchMaxRecords = 2 });
        Add(queue, 10);
        Add(queue, 10);
        Add(queue, 30);
        queue.Take(withOpen: false);

        queue.Replace([Part(queue, 7), Part(queue, 8)]);

        Assert.Equal(45, queue.Bytes);
        Assert.Equal([7, 8, 30], Drain(queue).Select(batch => batch.RecordBytes));
        Assert.Equal(0, queue.Bytes);
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
        queue.Check();
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

    bool Add(BatchQueue queue, int size)
    {
        _ledger.Receive(1);
        if (queue.Reserve(size, "["u8, _clock) is not { } batch)
            return false;

        batch.Room(size)[..size].Fill((byte)'x');
        queue.Commit(batch, size);
        return true;
    }

    static Batch Part(BatchQueue queue, int size)
    {
        var part = queue.NewBatch("["u8);
        Encoding.ASCII.GetBytes(new string('y', size)).CopyTo(part.Room(size));
        part.Commit(size);
        return part;
    }

    static List<(int Records, int RecordBytes)> Drain(BatchQueue queue)
    {
        var batches = new List<(int, int)>();
        while (queue.Take(withOpen: true) is { } batch)
        {
            batches.Add((batch.Records, batch.RecordBytes));
            queue.Delivered();
            queue.Check();
        }

        return batches;
    }
}
