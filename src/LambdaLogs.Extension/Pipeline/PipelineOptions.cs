namespace LambdaLogs.Extension.Pipeline;

/// <summary>How records are batched and buffered. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record PipelineOptions
{
    /// <summary>Largest body of one request, in bytes. Default 1 MB.</summary>
    public int BatchMaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Most records in one request. Default 10 000.</summary>
    public int BatchMaxRecords { get; init; } = 10_000;

    /// <summary>How long an open batch waits for more records before it is sent. Default 50 ms.</summary>
    public TimeSpan BatchLinger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Bytes of encoded records that may wait, including the batch being sent. Never less than <see cref="BatchMaxBytes"/>. Default 2 MB.
    /// </summary>
    public long BufferMaxBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Which records are dropped when the buffer is full.</summary>
    public WhenFull WhenFull { get; init; } = WhenFull.DropOldest;

    /// <summary>Bytes that may be spilled to <c>/tmp</c> for the next process of the environment. 0, the default: none.</summary>
    public long SpillMaxBytes { get; init; }
}
