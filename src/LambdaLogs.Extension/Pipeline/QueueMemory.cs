using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>The memory that the queue needs. Computed at the start; nothing is allocated later.</summary>
/// <param name="options">The limits.</param>
internal sealed unsafe class QueueMemory(PipelineOptions options)
{
    // Extra bytes that formats need beyond the largest body while they truncate a record.
    const int BufferSlack = 1024;

    // If batches are smaller than this on average, the table is full before the buffer is.
    const int SmallBatchBytes = 512;

    const int EntriesMin = 1024;
    const int EntriesMax = 65_536;

    /// <summary>
    /// Largest body of a batch. At most a quarter of a small buffer, so that dropping the oldest batch never loses most of what waits.
    /// </summary>
    public int BodyBytesMax { get; } = (int)Math.Min(options.BatchMaxBytes, Math.Max(options.BufferMaxBytes / 4, 4096));

    /// <summary>Most records of a batch.</summary>
    public int RecordsMax => Math.Min(options.BatchMaxRecords, BodyBytesMax);

    /// <summary>A body and the data that is stored with it.</summary>
    public int BatchBytes => Batch.ExtentOf(BodyBytesMax + BufferSlack, Math.Min(RecordsMax, BodyBytesMax / 64));

    /// <summary>
    /// Bytes for bodies: the buffer's limit, one eighth for record ends and other data of batches, and two bodies for gaps.
    /// </summary>
    public long RingBytes => options.BufferMaxBytes + (options.BufferMaxBytes / 8) + (2 * BatchBytes);

    /// <summary>Bytes for the entries of batches.</summary>
    public int TableBytes => sizeof(BatchEntry) * (int)Math.Clamp(options.BufferMaxBytes / SmallBatchBytes, EntriesMin, EntriesMax);

    /// <summary>Bytes for the record ends of the open batch.</summary>
    public int EndsBytes => RecordsMax * sizeof(int);

    /// <summary>
    /// Bytes for a body that is assembled from a part of a batch, or for a batch that is read from or written to the spill file.
    /// </summary>
    public int ScratchBytes => BodyBytesMax + BufferSlack + LogFormat.TailBytesMax + EndsBytes;

    /// <summary>The total.</summary>
    public long Bytes => Arena.Pages(RingBytes) + Arena.Pages(TableBytes) + Arena.Pages(EndsBytes) + Arena.Pages(ScratchBytes);
}
