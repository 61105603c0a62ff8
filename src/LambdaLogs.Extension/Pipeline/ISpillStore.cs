namespace LambdaLogs.Extension.Pipeline;

/// <summary>Keeps bytes from one process of a sandbox to the next, piece by piece. The seam to the file system.</summary>
internal interface ISpillStore
{
    /// <summary>Begins to keep, in place of what was kept before.</summary>
    /// <returns>False where nothing can be kept; that is no error.</returns>
    bool Create();

    /// <summary>Keeps more. What was kept before stays, also where the process is killed now.</summary>
    /// <returns>False where it could not be kept whole.</returns>
    bool Append(ReadOnlySpan<byte> piece);

    /// <summary>Opens what was kept, to be read once: nobody else gets it any more.</summary>
    /// <returns>False where there is nothing.</returns>
    bool Open();

    /// <summary>Reads on.</summary>
    /// <returns>False where so much is not there.</returns>
    bool Read(Span<byte> destination);

    /// <summary>No more is written or read.</summary>
    void Close();
}
