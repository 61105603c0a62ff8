namespace LambdaLogs.Extension.Diagnostics;

/// <summary>
/// Remembers the lines that this process wrote, so that they are recognised when they come back as telemetry. The prefix alone is not
/// enough, because another extension may use it too. Keeps hashes of the latest lines. Thread-safe.
/// </summary>
internal sealed class OwnLines
{
    /// <summary>Number of lines that are remembered: far more than can be in transit.</summary>
    const int Remembered = 512;

    /// <summary>How many bytes of a line are compared: Lambda splits lines longer than 256 KiB.</summary>
    const int ComparedMax = 256;

    readonly Lock _gate = new();
    ulong[] _hashes = [];
    int _count;

    /// <summary>Remembers a line.</summary>
    /// <param name="line">The line, with or without its line break.</param>
    public void Add(ReadOnlySpan<byte> line)
    {
        var hash = HashOf(line);
        lock (_gate)
        {
            if (_hashes.Length == 0)
                _hashes = new ulong[Remembered];
            _hashes[_count++ % Remembered] = hash;
        }
    }

    /// <summary>Returns whether a line was remembered.</summary>
    public bool Contains(ReadOnlySpan<byte> line)
    {
        var hash = HashOf(line);
        lock (_gate)
            return _hashes.AsSpan().Contains(hash);
    }

    /// <summary>FNV-1a, never zero. Zero stands for no line.</summary>
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
