namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>How often a part may be repeated.</summary>
/// <param name="Min">Minimum count.</param>
/// <param name="Max">Maximum count. Null: unlimited.</param>
/// <param name="IsLazy">Whether fewer repetitions are preferred.</param>
/// <param name="Fault">Why it is not supported. Null: it is.</param>
internal readonly record struct Quantifier(int Min, int? Max, bool IsLazy, string? Fault);

/// <summary>Parses <c>*</c>, <c>+</c>, <c>?</c> and <c>{n,m}</c>.</summary>
internal static class Quantifiers
{
    /// <summary>Largest supported count.</summary>
    public const int CountMax = 1000;

    /// <summary>Parses a quantifier, and a <c>?</c> after it.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="at">Index of a possible quantifier; afterwards after it.</param>
    /// <param name="quantifier">The quantifier.</param>
    /// <returns>False if there is none; a <c>{</c> that does not start one is literal.</returns>
    public static bool TryRead(string text, ref int at, out Quantifier quantifier)
    {
        quantifier = default;
        (int, int?)? bounds = text[at] switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            _ => null,
        };
        var end = at + 1;
        string? fault = null;
        if (text[at] == '{')
            bounds = Counts(text, ref end, out fault);
        if (bounds is not { } found)
            return false;

        var isLazy = end < text.Length && text[end] == '?';
        at = isLazy ? end + 1 : end;
        if (at < text.Length && text[at] == '+')
            fault ??= "quantifiers that do not give back, such as a++, are not supported";
        quantifier = new Quantifier(found.Item1, found.Item2, isLazy, fault);
        return true;
    }

    static (int Min, int? Max)? Counts(string text, ref int at, out string? fault)
    {
        fault = null;
        var end = at;
        if (!Number(text, ref end, out var min))
            return null;

        int? max = min;
        if (end < text.Length && text[end] == ',')
        {
            end++;
            max = Number(text, ref end, out var most) ? most : null;
        }

        if (end >= text.Length || text[end] != '}')
            return null;

        at = end + 1;
        if (min > CountMax || max > CountMax)
            fault = $"more than {CountMax} repetitions are not supported";
        else if (max < min)
            fault = "a repetition's bounds run backwards";
        return (min, max);
    }

    static bool Number(string text, ref int at, out int number)
    {
        number = 0;
        var start = at;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++)
            number = Math.Min((number * 10) + (text[at] - '0'), CountMax + 1);
        return at > start;
    }
}
