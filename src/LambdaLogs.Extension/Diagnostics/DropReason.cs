namespace LambdaLogs.Extension.Diagnostics;

/// <summary>Why records were given up.</summary>
internal enum DropReason
{
    /// <summary>The buffer was full.</summary>
    BufferFull,

    /// <summary>The endpoint refused them for good.</summary>
    Rejected,

    /// <summary>One record alone is larger than the endpoint takes, even cut short.</summary>
    TooLarge,

    /// <summary>They could not be delivered before the process had to end.</summary>
    Shutdown,

    /// <summary>A fault of our own kept them from being written.</summary>
    Fault,
}
