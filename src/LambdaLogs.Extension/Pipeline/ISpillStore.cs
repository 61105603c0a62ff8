namespace LambdaLogs.Extension.Pipeline;

/// <summary>Stores bytes for the next process of the environment. An interface to the file system.</summary>
internal interface ISpillStore
{
    /// <summary>Starts a new store and replaces the previous content.</summary>
    /// <returns>False if nothing can be stored. That is not an error.</returns>
    bool Create();

    /// <summary>Appends bytes. What was appended before survives a kill at this moment.</summary>
    /// <returns>False if not all of it could be stored.</returns>
    bool Append(ReadOnlySpan<byte> piece);

    /// <summary>Opens the stored content. It can be read once.</summary>
    /// <returns>False if there is none.</returns>
    bool Open();

    /// <summary>Reads the next bytes.</summary>
    /// <returns>False if fewer bytes are left.</returns>
    bool Read(Span<byte> destination);

    /// <summary>Ends writing or reading.</summary>
    void Close();
}
