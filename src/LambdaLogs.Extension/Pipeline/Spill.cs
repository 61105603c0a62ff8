using System.Buffers.Binary;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Keeps undelivered batches across a reset of the environment: after a timeout or a crash Lambda restarts all processes, but <c>/tmp</c>
/// stays. Batches are written and read one by one, so that a kill loses only the batch being written.
/// </summary>
/// <param name="options">The limits.</param>
/// <param name="store">Stores the bytes.</param>
/// <param name="queue">Holds the batches.</param>
/// <param name="responses">Completes a batch before it is written.</param>
/// <param name="formats">The wire format of each tenant.</param>
/// <param name="time">The wall clock and the monotonic clock.</param>
internal sealed class Spill(
    PipelineOptions options, ISpillStore store, BatchQueue queue, ResponseHandler responses, TenantFormats formats, TimeProvider time)
{
    // A rate that even a slow disk of an environment achieves.
    const double BytesPerSecond = 100_000_000;

    // Time to open the file, and for other processes on the processor.
    static readonly TimeSpan MinTime = TimeSpan.FromMilliseconds(25);

    /// <summary>Time needed to spill what waits now, so that the flush before it can reserve it. Zero: nothing is spilled.</summary>
    public TimeSpan TimeNeeded
    {
        get
        {
            lock (queue.Gate)
            {
                var bytes = Math.Min(queue.Bytes, options.SpillMaxBytes);
                return bytes == 0 ? TimeSpan.Zero : MinTime + TimeSpan.FromSeconds(bytes / BytesPerSecond);
            }
        }
    }

    /// <summary>Restores the batches of a previous process, before all others. The file is read as far as it is valid.</summary>
    public void Restore()
    {
        if (options.SpillMaxBytes == 0 || !store.Open())
            return;

        lock (queue.Gate)
        {
            Span<byte> mark = stackalloc byte[SpillFormat.Signature.Length];
            if (store.Read(mark) && mark.SequenceEqual(SpillFormat.Signature))
            {
                while (RestoreOne())
                {
                }
            }

            store.Close();
        }
    }

    /// <summary>Spills what waits at the end of the process, the newest batches if there is not room for all, and drops the rest.</summary>
    /// <param name="deadline">When writing must end, by the wall clock.</param>
    public void Close(DateTimeOffset deadline)
    {
        lock (queue.Gate)
        {
            queue.Stop();
            var skipped = Skipped();
            var isOpen = options.SpillMaxBytes > 0 && queue.Records > 0 && store.Create() && store.Append(SpillFormat.Signature);
            var isWriting = isOpen;
            queue.TakeAll(batch =>
            {
                isWriting = isWriting && time.GetUtcNow() < deadline;
                if (skipped-- <= 0 && isWriting && (isWriting = Write(batch)))
                    queue.Ledger.CountSpilled(batch.Remaining);
                else
                    queue.Ledger.CountDropped(DropReason.Shutdown, batch.Remaining);
            });
            if (isOpen)
                store.Close();
            queue.VerifyLedger();
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
                formats,
                (records, ends, tenant) => queue.AddRestored(records, ends, formats[tenant].Head, time));
    }

    bool Write(Batch batch)
    {
        // Seal first: it may use the same scratch memory. The seal also sets the time of the body.
        responses.Seal(batch);
        var tenant = formats.OwnerOf(batch.Entry.Tenant);
        return SpillFormat.SizeOf(batch, tenant) <= queue.Scratch.Length
            && store.Append(queue.Scratch[..SpillFormat.Write(batch, formats[batch.Entry.Tenant].Head, tenant, queue.Scratch)]);
    }

    int SizeOf(Batch batch) => SpillFormat.SizeOf(batch, formats.OwnerOf(batch.Entry.Tenant)) + BatchEntry.IdBytesMax;

    /// <summary>Number of the oldest batches that do not fit.</summary>
    int Skipped()
    {
        long bytes = SpillFormat.Signature.Length;
        var count = 0;
        queue.ForEach(batch =>
        {
            count++;
            bytes += SizeOf(batch);
        });
        var skipped = 0;
        queue.ForEach(batch =>
        {
            if (bytes <= options.SpillMaxBytes)
                return;

            bytes -= SizeOf(batch);
            skipped++;
        });
        return skipped;
    }
}
