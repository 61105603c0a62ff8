namespace LambdaLogs.Extension.Processing;

/// <summary>Places in a text, in order and apart from each other: what overlaps becomes one. Used again and again.</summary>
internal sealed class Spans
{
    readonly List<(int Start, int End)> _spans = [];

    /// <summary>How many there are.</summary>
    public int Count => _spans.Count;

    /// <summary>One of them.</summary>
    public (int Start, int End) this[int index] => _spans[index];

    /// <summary>Adds a place.</summary>
    /// <param name="start">Its first byte.</param>
    /// <param name="end">Behind its last byte.</param>
    public void Add(int start, int end)
    {
        // Most come in order: from the back it is one comparison.
        var index = _spans.Count;
        while (index > 0 && _spans[index - 1].Start >= start)
            index--;
        if (index > 0 && _spans[index - 1].End > start)
        {
            index--;
            start = _spans[index].Start;
        }

        var last = index;
        while (last < _spans.Count && _spans[last].Start < end)
            end = Math.Max(end, _spans[last++].End);
        _spans.RemoveRange(index, last - index);
        _spans.Insert(index, (start, end));
    }

    /// <summary>Takes all out.</summary>
    public void Clear() => _spans.Clear();
}
