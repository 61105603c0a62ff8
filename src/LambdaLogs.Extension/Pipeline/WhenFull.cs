namespace LambdaLogs.Extension.Pipeline;

/// <summary>Which records are given up when the buffer is full.</summary>
internal enum WhenFull
{
    /// <summary>The batch that has waited longest makes room.</summary>
    DropOldest,

    /// <summary>What arrives is not taken.</summary>
    DropNewest,
}
