namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Splits a stream of bytes into lines. Not thread-safe.</summary>
/// <param name="onLine">Receives each line with its line feed; the last one can lack it. The receiver owns the memory.</param>
internal sealed class LineSplitter(Action<ReadOnlyMemory<byte>> onLine)
{
    readonly MemoryStream _partial = new();

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            _partial.Write(bytes[..(end + 1)]);
            bytes = bytes[(end + 1)..];
            Emit();
        }

        _partial.Write(bytes);
    }

    /// <summary>Called at the end of the stream: passes on an incomplete line.</summary>
    public void End()
    {
        if (_partial.Length > 0)
            Emit();
    }

    void Emit()
    {
        var line = _partial.ToArray();
        _partial.SetLength(0);
        onLine(line);
    }
}
