namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>The meaning of a backslash and the characters after it.</summary>
/// <param name="Character">A character, if the others are null.</param>
/// <param name="Set">A character class. Null: none.</param>
/// <param name="Assertion">An assertion such as a word boundary. Null: none.</param>
/// <param name="Fault">Why it is not supported. Null: it is.</param>
internal readonly record struct PatternEscape(
    int Character, CharacterSet? Set = null, AssertionKind? Assertion = null, string? Fault = null)
{
    /// <summary>Parses it.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="at">Index after the backslash; afterwards after the whole escape.</param>
    /// <param name="inSet">Whether it is in <c>[ ]</c>, where <c>\b</c> is a backspace.</param>
    public static PatternEscape Read(string text, ref int at, bool inSet)
    {
        if (at >= text.Length)
            return Invalid("a \\ has nothing behind it");

        var letter = text[at++];
        if (ClassOf(letter) is { } set)
            return new PatternEscape(0, Set: set);
        if (AssertionOf(letter) is { } place && !(inSet && letter == 'b'))
            return inSet ? Invalid($"\\{letter} has no meaning in [ ]") : new PatternEscape(0, Assertion: place);

        return letter switch
        {
            'b' => new PatternEscape('\b'),
            't' => new PatternEscape('\t'),
            'n' => new PatternEscape('\n'),
            'r' => new PatternEscape('\r'),
            'f' => new PatternEscape('\f'),
            'v' => new PatternEscape('\v'),
            'a' => new PatternEscape('\a'),
            'e' => new PatternEscape(0x1B),
            '0' => new PatternEscape(0),
            'x' => Hex(text, ref at, 2),
            'u' => Hex(text, ref at, 4),
            'p' or 'P' => Invalid("classes of Unicode, \\p{…}, are not supported: write the characters"),
            'k' or (>= '1' and <= '9') => Invalid("a reference to a group is not supported: it cannot be matched in linear time"),
            _ when char.IsAsciiLetterOrDigit(letter) => Invalid($"there is no \\{letter}"),
            _ when char.IsSurrogate(letter) => Invalid("a \\ stands before a character that needs none"),
            _ => new PatternEscape(letter),
        };
    }

    static PatternEscape Invalid(string fault) => new(0, Fault: fault);

    static CharacterSet? ClassOf(char letter) => letter switch
    {
        'd' => CharacterSet.Digits(),
        'D' => CharacterSet.Digits().Inverted(),
        'w' => CharacterSet.Words(),
        'W' => CharacterSet.Words().Inverted(),
        's' => CharacterSet.Spaces(),
        'S' => CharacterSet.Spaces().Inverted(),
        _ => null,
    };

    static AssertionKind? AssertionOf(char letter) => letter switch
    {
        'b' => AssertionKind.WordBoundary,
        'B' => AssertionKind.NotWordBoundary,
        'A' => AssertionKind.TextStart,
        'z' or 'Z' => AssertionKind.TextEnd,
        _ => null,
    };

    static PatternEscape Hex(string text, ref int at, int digits)
    {
        var isOpen = at < text.Length && text[at] == '{';
        var end = isOpen ? text.IndexOf('}', at) : at + digits;
        var start = isOpen ? at + 1 : at;
        if (end < start + 1 || end > text.Length || end - start > 6)
            return Invalid("a character's number has too few or too many digits");

        var value = 0;
        foreach (var digit in text.AsSpan(start, end - start))
        {
            if (!char.IsAsciiHexDigit(digit))
                return Invalid("a character's number has a digit that is none");

            value = (value << 4) | (char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        if (value > 0x10FFFF || value is >= 0xD800 and <= 0xDFFF)
            return Invalid("there is no character of this number");

        at = isOpen ? end + 1 : end;
        return new PatternEscape(value);
    }
}
