namespace LambdaLogs.Extension.Wire;

/// <summary>What tells where a body ends.</summary>
internal enum BodyKind
{
    /// <summary>A count of bytes, which may be zero.</summary>
    Length,

    /// <summary>Chunks, each with its size, and an empty one last.</summary>
    Chunked,

    /// <summary>The end of the connection.</summary>
    UntilClose,
}

/// <summary>Where a body ends.</summary>
/// <param name="Kind">What tells the end.</param>
/// <param name="Length">Bytes; only for <see cref="BodyKind.Length"/>.</param>
internal readonly record struct BodyFraming(BodyKind Kind, long Length);
