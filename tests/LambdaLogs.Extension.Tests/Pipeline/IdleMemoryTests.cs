using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

/// <summary>When the memory of a burst is returned to the system.</summary>
public sealed class IdleMemoryTests
{
    const int RecordBytes = 10_000;

    readonly ManualClock _clock = new();
    readonly BatchQueue _queue = new(new PipelineOptions { BatchMaxBytes = 2_000_000, BufferMaxBytes = 4_000_000 }, new Ledger());
    readonly IdleMemory _memory;

    public IdleMemoryTests() => _memory = new IdleMemory(_queue, _clock);

    [Fact]
    public void A_burst_is_returned_after_a_second_without_work_and_not_before()
    {
        Burst(1_000_000);

        Assert.Equal(_clock.GetTimestamp() + _clock.TimestampFrequency, _memory.Release(isIdle: true));
        _clock.Advance(999);
        Assert.NotNull(_memory.Release(isIdle: true));
        Assert.True(_queue.HasUnused);
        _clock.Advance(1);

        Assert.Null(_memory.Release(isIdle: true));
        Assert.False(_queue.HasUnused);
    }

    [Fact]
    public void Work_in_between_starts_the_second_again()
    {
        Burst(1_000_000);
        _memory.Release(isIdle: true);
        _clock.Advance(900);
        _memory.Release(isIdle: false);
        _clock.Advance(900);

        Assert.NotNull(_memory.Release(isIdle: true));
        Assert.True(_queue.HasUnused);
    }

    [Fact]
    public void What_stays_resident_in_any_case_is_not_waited_for()
    {
        Burst(100_000);

        Assert.Null(_memory.Release(isIdle: true));
    }

    /// <summary>So many bytes have come and were delivered.</summary>
    void Burst(int bytes)
    {
        while (_queue.Bytes < bytes)
        {
            _queue.Ledger.CountReceived(1);
            var batch = _queue.Reserve(RecordBytes, "["u8, _clock)!;
            batch.FreeSpace(RecordBytes).Fill((byte)'x');
            _queue.Commit(batch, RecordBytes);
        }

        while (_queue.HasWaiting)
        {
            _queue.Take(withOpen: true);
            _queue.Delivered();
        }
    }
}
