namespace LambdaLogs.Extension.Pipeline;

/// <summary>How records are gathered and how much of them is kept. Built once by <c>Settings</c>; never changes.</summary>
internal sealed record PipelineOptions
{
    /// <summary>Largest body of one request, in bytes. Default 1 MB.</summary>
    public int BatchMaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Most records in one request. Default 10 000.</summary>
    public int BatchMaxRecords { get; init; } = 10_000;

    /// <summary>How long an open batch waits for more records before it is sent. Default 50 ms.</summary>
    public TimeSpan BatchLinger { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Bytes of encoded records that may wait, the batch being sent included. Never below <see cref="BatchMaxBytes"/>. Default 2 MB.
    /// </summary>
    public long BufferMaxBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Which records go when the buffer is full.</summary>
    public WhenFull WhenFull { get; init; } = WhenFull.DropOldest;

    /// <summary>Bytes that may be kept in <c>/tmp</c> for the next process of the sandbox. 0, the default: none.</summary>
    public long SpillMaxBytes { get; init; }
}
