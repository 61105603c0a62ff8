namespace LambdaLogs.Extension.Wire;

/// <summary>How the end of a body is determined.</summary>
internal enum BodyKind
{
    /// <summary>By a number of bytes, which may be zero.</summary>
    Length,

    /// <summary>By chunks, the last of which is empty.</summary>
    Chunked,

    /// <summary>By the end of the connection.</summary>
    UntilClose,
}

/// <summary>The framing of a body.</summary>
/// <param name="Kind">How the end is determined.</param>
/// <param name="Length">Bytes; only for <see cref="BodyKind.Length"/>.</param>
internal readonly record struct BodyFraming(BodyKind Kind, long Length);
