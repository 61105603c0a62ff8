using System.Text;

namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>A set of Unicode characters, as ordered disjoint ranges. Mutable only by adding.</summary>
internal sealed class CharacterSet
{
    const int Last = 0x10FFFF;

    // Both cases of letters are looked up one by one; a larger range is not meant as letters.
    const int FoldedMax = 4096;

    readonly List<(int From, int To)> _ranges = [];

    /// <summary>The ranges, inclusive.</summary>
    public IReadOnlyList<(int From, int To)> Ranges => _ranges;

    /// <summary>All characters.</summary>
    public static CharacterSet All() => Of((0, Last));

    /// <summary>All characters except the line feed.</summary>
    public static CharacterSet AllButLineFeed() => Of(('\n', '\n')).Inverted();

    /// <summary>ASCII digits.</summary>
    public static CharacterSet Digits() => Of(('0', '9'));

    /// <summary>Word characters: ASCII letters, digits and the underscore.</summary>
    public static CharacterSet Words() => Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>ASCII white space.</summary>
    public static CharacterSet Spaces() => Of(('\t', '\r'), (' ', ' '));

    /// <summary>A set with the given ranges.</summary>
    public static CharacterSet Of(params ReadOnlySpan<(int From, int To)> ranges)
    {
        var set = new CharacterSet();
        foreach (var (from, to) in ranges)
            set.Add(from, to);
        return set;
    }

    /// <summary>Adds an inclusive range.</summary>
    public void Add(int from, int to)
    {
        var index = 0;
        while (index < _ranges.Count && _ranges[index].To < from - 1)
            index++;
        while (index < _ranges.Count && _ranges[index].From <= to + 1)
        {
            from = Math.Min(from, _ranges[index].From);
            to = Math.Max(to, _ranges[index].To);
            _ranges.RemoveAt(index);
        }

        _ranges.Insert(index, (from, to));
    }

    /// <summary>Adds another set.</summary>
    public void Add(CharacterSet other)
    {
        foreach (var (from, to) in other._ranges)
            Add(from, to);
    }

    /// <summary>Returns the complement.</summary>
    public CharacterSet Inverted()
    {
        var inverted = new CharacterSet();
        var next = 0;
        foreach (var (from, to) in _ranges)
        {
            if (from > next)
                inverted.Add(next, from - 1);
            next = to + 1;
        }

        if (next <= Last)
            inverted.Add(next, Last);
        return inverted;
    }

    /// <summary>Returns this set with both cases of its letters.</summary>
    public CharacterSet InBothCases()
    {
        var both = new CharacterSet();
        both.Add(this);
        foreach (var (from, to) in _ranges)
        {
            for (var value = from; value <= Math.Min(to, from + FoldedMax); value++)
            {
                if (!Rune.TryCreate(value, out var rune))
                    continue;

                var (upper, lower) = (Rune.ToUpperInvariant(rune).Value, Rune.ToLowerInvariant(rune).Value);
                both.Add(upper, upper);
                both.Add(lower, lower);
            }
        }

        return both;
    }
}
