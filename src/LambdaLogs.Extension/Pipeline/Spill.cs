using System.Buffers.Binary;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Keeps what could not be delivered over a reset of the sandbox: after a timeout or a crash Lambda starts all processes anew, and
/// <c>/tmp</c> stays. Written and read batch by batch: what was written before a kill can be read.
/// </summary>
/// <param name="options">How much may be kept.</param>
/// <param name="store">Where.</param>
/// <param name="queue">What waits.</param>
/// <param name="responses">Makes a batch ready to be sent, which is how it is kept.</param>
/// <param name="format">The wire format.</param>
/// <param name="time">Both clocks.</param>
internal sealed class Spill(
    PipelineOptions options, ISpillStore store, BatchQueue queue, ResponseHandler responses, LogFormat format, TimeProvider time)
{
    // What even a slow disk of a sandbox takes.
    const double BytesPerSecond = 100_000_000;

    // Opening the file, and a moment in which others have the processor.
    static readonly TimeSpan Least = TimeSpan.FromMilliseconds(25);

    /// <summary>How long it takes to keep what waits now, so that a flush before it can leave that time. Zero: nothing is kept.</summary>
    public TimeSpan TimeNeeded
    {
        get
        {
            lock (queue.Gate)
            {
                var bytes = Math.Min(queue.Bytes, options.SpillMaxBytes);
                return bytes == 0 ? TimeSpan.Zero : Least + TimeSpan.FromSeconds(bytes / BytesPerSecond);
            }
        }
    }

    /// <summary>Takes back what a former process has left, in front of everything else. It is read as far as it is whole.</summary>
    public void Restore()
    {
        if (options.SpillMaxBytes == 0 || !store.Open())
            return;

        lock (queue.Gate)
        {
            Span<byte> mark = stackalloc byte[SpillFormat.Mark.Length];
            if (store.Read(mark) && mark.SequenceEqual(SpillFormat.Mark))
            {
                while (RestoreOne())
                {
                }
            }

            store.Close();
        }
    }

    /// <summary>The process ends: keeps what waits, the newest where there is not room for all, and gives up the rest.</summary>
    /// <param name="deadline">When nothing more can be written, by the wall clock.</param>
    public void Close(DateTimeOffset deadline)
    {
        lock (queue.Gate)
        {
            queue.Stop();
            var skipped = Skipped();
            var isOpen = options.SpillMaxBytes > 0 && queue.Records > 0 && store.Create() && store.Append(SpillFormat.Mark);
            var isWriting = isOpen;
            queue.TakeAll(batch =>
            {
                isWriting = isWriting && time.GetUtcNow() < deadline;
                if (skipped-- <= 0 && isWriting && (isWriting = Keep(batch)))
                    queue.Ledger.Spill(batch.Waiting);
                else
                    queue.Ledger.Drop(DropReason.Shutdown, batch.Waiting);
            });
            if (isOpen)
                store.Close();
            queue.Check();
        }
    }

    bool RestoreOne()
    {
        Span<byte> prefix = stackalloc byte[SpillFormat.PrefixBytes];
        if (!store.Read(prefix))
            return false;

        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length < 0 || length > queue.Scratch.Length)
            return false;

        var piece = queue.Scratch[..length];
        return store.Read(piece)
            && SpillFormat.TryRead(
                piece,
                BinaryPrimitives.ReadUInt32LittleEndian(prefix[4..]),
                format.Head,
                (records, ends) => queue.Adopt(records, ends, format.Head, time));
    }

    bool Keep(Batch batch)
    {
        // In its own memory first: a part of a batch is put together there for its seal, which is only to know the time.
        responses.Seal(batch);
        var size = SpillFormat.SizeOf(batch);
        return size <= queue.Scratch.Length && store.Append(queue.Scratch[..SpillFormat.Write(batch, format.Head, queue.Scratch)]);
    }

    /// <summary>How many of the oldest batches there is not room for.</summary>
    int Skipped()
    {
        long bytes = SpillFormat.Mark.Length;
        var count = 0;
        queue.ForEach(batch =>
        {
            count++;
            bytes += SpillFormat.SizeOf(batch) + BatchEntry.IdBytesMax;
        });
        var skipped = 0;
        queue.ForEach(batch =>
        {
            if (bytes <= options.SpillMaxBytes)
                return;

            bytes -= SpillFormat.SizeOf(batch) + BatchEntry.IdBytesMax;
            skipped++;
        });
        return skipped;
    }
}
