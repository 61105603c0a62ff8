namespace LambdaLogs.Extension.Diagnostics;

/// <summary>
/// Remembers which lines this process wrote, so that they are known where they come back as telemetry: other extensions may begin theirs
/// alike. Keeps hashes of the last ones. Thread-safe.
/// </summary>
internal sealed class OwnLines
{
    /// <summary>How many lines are remembered: many more than are on their way at once.</summary>
    const int Remembered = 512;

    /// <summary>How much of a line is compared: Lambda splits what is longer than 256 KiB.</summary>
    const int ComparedMax = 256;

    readonly Lock _gate = new();
    ulong[] _hashes = [];
    int _count;

    /// <summary>Notes a line.</summary>
    /// <param name="line">The line, with or without its line break.</param>
    public void Note(ReadOnlySpan<byte> line)
    {
        var hash = HashOf(line);
        lock (_gate)
        {
            if (_hashes.Length == 0)
                _hashes = new ulong[Remembered];
            _hashes[_count++ % Remembered] = hash;
        }
    }

    /// <summary>Whether a line is one of those.</summary>
    public bool Knows(ReadOnlySpan<byte> line)
    {
        var hash = HashOf(line);
        lock (_gate)
            return _hashes.AsSpan().Contains(hash);
    }

    /// <summary>FNV-1a; never zero, which stands for no line.</summary>
    /// Source: <see href="https://datatracker.ietf.org/doc/html/draft-eastlake-fnv"/>
    static ulong HashOf(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd((byte)'\n');
        line = line.Length > ComparedMax ? line[..ComparedMax] : line;
        var hash = 14695981039346656037UL;
        foreach (var value in line)
            hash = unchecked((hash ^ value) * 1099511628211UL);
        return hash | 1;
    }
}
