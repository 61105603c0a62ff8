namespace LambdaLogs.Extension.Diagnostics;

/// <summary>Why records were dropped.</summary>
internal enum DropReason
{
    /// <summary>The buffer was full.</summary>
    BufferFull,

    /// <summary>The endpoint rejected them permanently.</summary>
    Rejected,

    /// <summary>A single record is larger than the endpoint accepts, even when truncated.</summary>
    TooLarge,

    /// <summary>They could not be delivered before the process had to end.</summary>
    Shutdown,

    /// <summary>An internal error prevented them from being written.</summary>
    Fault,
}
