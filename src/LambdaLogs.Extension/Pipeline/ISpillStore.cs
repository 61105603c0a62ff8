namespace LambdaLogs.Extension.Pipeline;

/// <summary>Keeps one text of bytes from one process of a sandbox to the next. The seam to the file system.</summary>
internal interface ISpillStore
{
    /// <summary>Keeps it, in place of what was kept before.</summary>
    /// <returns>False where it could not be kept; that is no error.</returns>
    bool Keep(ReadOnlySpan<byte> content);

    /// <summary>Takes what was kept.</summary>
    /// <returns>Null where there is nothing.</returns>
    byte[]? Take();
}
