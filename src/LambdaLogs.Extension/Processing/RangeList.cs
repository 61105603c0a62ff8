using System.Runtime.InteropServices;
using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Ranges of a text. They may be added in any order; when read they are sorted, and overlapping ones are merged. Reusable.
/// </summary>
internal sealed class RangeList
{
    const int KeptMax = 64 * 1024;

    // Start in the upper half, end in the lower: they can be sorted as numbers.
    readonly GrowingBuffer _buffer = new();
    int _count;
    bool _isMerged = true;

    /// <summary>The number of ranges.</summary>
    public int Count => Merged().Length;

    /// <summary>Returns a range.</summary>
    public (int Start, int End) this[int index] => Range(Merged()[index]);

    Span<long> All => MemoryMarshal.Cast<byte, long>(_buffer.Span)[.._count];

    /// <summary>Adds a range.</summary>
    /// <param name="start">Index of its first byte.</param>
    /// <param name="end">Index after its last byte.</param>
    public void Add(int start, int end)
    {
        _isMerged &= _count == 0 || Range(All[^1]).End <= start;
        _buffer.Grow((_count + 1) * sizeof(long), _count * sizeof(long));
        _count++;
        All[^1] = ((long)start << 32) | (uint)end;
    }

    /// <summary>Removes all.</summary>
    public void Clear()
    {
        _count = 0;
        _isMerged = true;
        _buffer.Trim(KeptMax);
    }

    static (int Start, int End) Range(long span) => ((int)(span >> 32), (int)(span & uint.MaxValue));

    Span<long> Merged()
    {
        if (_isMerged)
            return All;

        _isMerged = true;
        var spans = All;
        spans.Sort();
        var last = 0;
        for (var index = 1; index < spans.Length; index++)
        {
            var (start, end) = Range(spans[last]);
            var next = Range(spans[index]);
            if (next.Start >= end)
                spans[++last] = spans[index];
            else
                spans[last] = ((long)start << 32) | (uint)Math.Max(end, next.End);
        }

        _count = last + 1;
        return All;
    }
}
