namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Ranges of a text. They may be added in any order; when read they are sorted, and overlapping ones are merged. Reusable.
/// </summary>
internal sealed class Spans
{
    // Start in the upper half, end in the lower: they can be sorted as numbers.
    readonly List<long> _spans = [];
    bool _isMerged = true;

    /// <summary>The number of ranges.</summary>
    public int Count => Merged().Count;

    /// <summary>Returns a range.</summary>
    public (int Start, int End) this[int index] => Range(Merged()[index]);

    /// <summary>Adds a range.</summary>
    /// <param name="start">Index of its first byte.</param>
    /// <param name="end">Index after its last byte.</param>
    public void Add(int start, int end)
    {
        _isMerged &= _spans.Count == 0 || Range(_spans[^1]).End <= start;
        _spans.Add(((long)start << 32) | (uint)end);
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _spans.Clear();
        _isMerged = true;
    }

    static (int Start, int End) Range(long span) => ((int)(span >> 32), (int)(span & uint.MaxValue));

    List<long> Merged()
    {
        if (_isMerged)
            return _spans;

        _isMerged = true;
        _spans.Sort();
        var last = 0;
        for (var index = 1; index < _spans.Count; index++)
        {
            var (start, end) = Range(_spans[last]);
            var next = Range(_spans[index]);
            if (next.Start >= end)
                _spans[++last] = _spans[index];
            else
                _spans[last] = ((long)start << 32) | (uint)Math.Max(end, next.End);
        }

        _spans.RemoveRange(last + 1, _spans.Count - last - 1);
        return _spans;
    }
}
