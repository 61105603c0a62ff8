namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// One batch in the queue's table: where its bytes are in the ring, and its progress. A value of fixed size. Offsets are relative to the
/// batch's first byte.
/// </summary>
internal unsafe struct BatchEntry
{
    /// <summary>Longest id in bytes.</summary>
    public const int IdBytesMax = 36;

    /// <summary>The index that stands for no entry.</summary>
    public const int None = -1;

    /// <summary>Offset of the first byte in the ring.</summary>
    public int Offset;

    /// <summary>Number of ring bytes that it occupies.</summary>
    public int Extent;

    /// <summary>Length of the envelope's head.</summary>
    public int HeadLength;

    /// <summary>End of the last record.</summary>
    public int Length;

    /// <summary>Offset of the table of record ends. 0: the batch is open.</summary>
    public int EndsOffset;

    /// <summary>Number of records that were written into it.</summary>
    public int RecordCount;

    /// <summary>Index of the first unsettled record.</summary>
    public int FirstRecord;

    /// <summary>Start of that record.</summary>
    public int FirstRecordOffset;

    /// <summary>Number of records in the next request. 0: all.</summary>
    public int RequestRecords;

    /// <summary>Number of records in the request after that, if known. 0: not known.</summary>
    public int NextRequestRecords;

    /// <summary>Number of its records that are drop reports.</summary>
    public int DropReports;

    /// <summary>Attempts with the current body.</summary>
    public int Attempts;

    /// <summary>Failed attempts, whatever the body was.</summary>
    public int Failures;

    /// <summary>How often another batch was tried instead.</summary>
    public int OthersTried;

    /// <summary>Number of single-record probes that failed, see <see cref="Batch.SendAlone"/>.</summary>
    public int FailedProbes;

    /// <summary>Consecutive attempts that ended because of our own time limit.</summary>
    public int CutOffs;

    /// <summary>Number of delivered batches when the last attempt failed.</summary>
    public long DeliveredAtFailure;

    /// <summary>Steps of the search for the record that the endpoint cannot process. 0: no search.</summary>
    public int SearchSteps;

    /// <summary>Whether the endpoint has said that it accepts only smaller bodies.</summary>
    public bool IsTooLarge;

    /// <summary>Bytes of the request that were sent when it was last cut off.</summary>
    public long SentBytes;

    /// <summary>Whose records it holds: an index of <see cref="TenantFormats"/>.</summary>
    public int Tenant;

    /// <summary>When the first record was added, by the monotonic clock.</summary>
    public long OpenedAt;

    /// <summary>When the body was sealed, in ticks of UTC. 0: not sealed.</summary>
    public long SealedAt;

    /// <summary>Length of the id. 0: none.</summary>
    public int IdLength;

    /// <summary>The id, ASCII.</summary>
    public fixed byte Id[IdBytesMax];

    /// <summary>The previous and next entry in order of arrival. For a free entry: the next free one.</summary>
    public int Previous, Next;

    /// <summary>The previous and next entry in the ring.</summary>
    public int RingPrevious, RingNext;
}
