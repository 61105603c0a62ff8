namespace LambdaLogs.Extension.Pipeline;

/// <summary>Which records are dropped when the buffer is full.</summary>
internal enum WhenFull
{
    /// <summary>The oldest batch is dropped to make room.</summary>
    DropOldest,

    /// <summary>The new record is dropped.</summary>
    DropNewest,
}
