using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>What the queue needs of the arena. Added up at the start; nothing is asked for later.</summary>
/// <param name="options">The bounds.</param>
internal sealed unsafe class QueueMemory(PipelineOptions options)
{
    // What formats ask for beyond the largest body while they cut a record short.
    const int BufferSlack = 1024;

    // Batches of less than this on average: the table is full before the buffer is.
    const int SmallBatchBytes = 512;

    const int EntriesMin = 1024;
    const int EntriesMax = 65_536;

    /// <summary>
    /// Largest body of a batch. A quarter of a small buffer, so that dropping the oldest batch never gives up most of what waits.
    /// </summary>
    public int BodyBytesMax { get; } = (int)Math.Min(options.BatchMaxBytes, Math.Max(options.BufferMaxBytes / 4, 4096));

    /// <summary>Most records of a batch.</summary>
    public int RecordsMax => Math.Min(options.BatchMaxRecords, BodyBytesMax);

    /// <summary>A body with all that is kept beside it.</summary>
    public int BatchBytes => Batch.ExtentOf(BodyBytesMax + BufferSlack, Math.Min(RecordsMax, BodyBytesMax / 64));

    /// <summary>
    /// Bodies: what may wait, an eighth for the ends of records and what batches need beside them, and two bodies for gaps.
    /// </summary>
    public long RingBytes => options.BufferMaxBytes + (options.BufferMaxBytes / 8) + (2 * BatchBytes);

    /// <summary>Entries of batches.</summary>
    public int TableBytes => sizeof(BatchEntry) * (int)Math.Clamp(options.BufferMaxBytes / SmallBatchBytes, EntriesMin, EntriesMax);

    /// <summary>The ends of the open batch's records.</summary>
    public int EndsBytes => RecordsMax * sizeof(int);

    /// <summary>A body that is put together out of a part of a batch; or a batch on its way from or to the spill.</summary>
    public int ScratchBytes => BodyBytesMax + BufferSlack + LogFormat.TailBytesMax + EndsBytes;

    /// <summary>All of it.</summary>
    public long Bytes => Arena.Pages(RingBytes) + Arena.Pages(TableBytes) + Arena.Pages(EndsBytes) + Arena.Pages(ScratchBytes);
}
