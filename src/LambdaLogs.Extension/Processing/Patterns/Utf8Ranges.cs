using System.Text;

namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>Compiles a set of characters to steps over bytes: every range becomes sequences of one to four byte ranges.</summary>
internal static class Utf8Ranges
{
    const int SurrogatesFrom = 0xD800;
    const int SurrogatesTo = 0xDFFF;

    /// <summary>Creates the steps.</summary>
    /// <param name="set">The characters.</param>
    /// <param name="next">The step that follows.</param>
    /// <param name="add">Adds a step and returns its number.</param>
    /// <returns>The first step. For an empty set a step that never matches.</returns>
    public static int Compile(CharacterSet set, int next, Func<PatternStep, int> add)
    {
        List<int> starts = [];
        foreach (var (from, to) in set.Ranges)
        {
            if (from < SurrogatesFrom)
                Split(from, Math.Min(to, SurrogatesFrom - 1), next, add, starts);
            if (to > SurrogatesTo)
                Split(Math.Max(from, SurrogatesTo + 1), to, next, add, starts);
        }

        if (starts.Count == 0)
            return add(new PatternStep(StepKind.Consume, 1, 0, next, 0));

        var start = starts[^1];
        for (var index = starts.Count - 2; index >= 0; index--)
            start = add(new PatternStep(StepKind.Split, 0, 0, starts[index], start));
        return start;
    }

    /// <summary>Splits a range until the characters of a part differ only in the same bytes.</summary>
    static void Split(int from, int to, int next, Func<PatternStep, int> add, List<int> starts)
    {
        if (SplitPoint(from, to) is { } border)
        {
            Split(from, border, next, add, starts);
            Split(border + 1, to, next, add, starts);
            return;
        }

        Span<byte> low = stackalloc byte[4];
        Span<byte> high = stackalloc byte[4];
        var length = new Rune(from).EncodeToUtf8(low);
        new Rune(to).EncodeToUtf8(high);
        var start = next;
        for (var index = length - 1; index >= 0; index--)
            start = add(new PatternStep(StepKind.Consume, low[index], high[index], start, 0));
        starts.Add(start);
    }

    /// <summary>Returns where a range has to be split. Null: not at all.</summary>
    static int? SplitPoint(int from, int to)
    {
        ReadOnlySpan<int> lastOfLength = [0x7F, 0x7FF, 0xFFFF];
        foreach (var last in lastOfLength)
        {
            if (from <= last && last < to)
                return last;
        }

        if (to <= 0x7F)
            return null;

        // Each lower byte has six bits: either they cover all values, or the bytes above them are equal.
        for (var bits = 6; bits <= 18; bits += 6)
        {
            var mask = (1 << bits) - 1;
            if ((from & ~mask) == (to & ~mask))
                continue;
            if ((from & mask) != 0)
                return from | mask;
            if ((to & mask) != mask)
                return (to & ~mask) - 1;
        }

        return null;
    }
}
