namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// One batch in the queue's table: where its bytes lie in the ring, and how far it has come. A plain value of fixed size. Offsets are from
/// its own first byte.
/// </summary>
internal unsafe struct BatchEntry
{
    /// <summary>Longest id.</summary>
    public const int IdBytesMax = 36;

    /// <summary>No entry.</summary>
    public const int None = -1;

    /// <summary>Its first byte in the ring.</summary>
    public int Offset;

    /// <summary>How many bytes of the ring it takes.</summary>
    public int Extent;

    /// <summary>Size of the envelope's head.</summary>
    public int Head;

    /// <summary>End of the last record.</summary>
    public int Length;

    /// <summary>Where the ends of its records are kept.</summary>
    public int EndsAt;

    /// <summary>Records that were written into it.</summary>
    public int Total;

    /// <summary>The first record that is still ours; those before it are done.</summary>
    public int From;

    /// <summary>Where that record begins.</summary>
    public int Start;

    /// <summary>How many records go into the next request. 0: all.</summary>
    public int Part;

    /// <summary>How many records go into the request after that, where that is known. 0: it is not.</summary>
    public int NextPart;

    /// <summary>How many of its records are reports of drops.</summary>
    public int Reports;

    /// <summary>Attempts with the body as it is now.</summary>
    public int Attempts;

    /// <summary>Attempts that failed, whatever the body.</summary>
    public int Failures;

    /// <summary>How often another batch was tried in its place.</summary>
    public int OthersTried;

    /// <summary>Attempts in a row that our own limit has ended.</summary>
    public int CutOffs;

    /// <summary>How many batches had been delivered when it failed last.</summary>
    public long DeliveredAtFailure;

    /// <summary>Steps of the search for the record that the endpoint cannot take. 0: it is not searched.</summary>
    public int SearchSteps;

    /// <summary>Whether the endpoint has said that it takes smaller bodies only.</summary>
    public bool IsTooLarge;

    /// <summary>Bytes of the request that had left when it was cut off last.</summary>
    public long SentBytes;

    /// <summary>When its first record came, by the monotonic clock.</summary>
    public long OpenedAt;

    /// <summary>When its body was ended, in ticks of UTC. 0: it is not.</summary>
    public long SealedAt;

    /// <summary>The length of its id. 0: it has none.</summary>
    public int IdLength;

    /// <summary>Its id, ASCII.</summary>
    public fixed byte Id[IdBytesMax];

    /// <summary>The entries before and behind it in order of arrival. Of a free entry: the next free one.</summary>
    public int Before, After;

    /// <summary>The entries before and behind it in the ring.</summary>
    public int Below, Above;
}
