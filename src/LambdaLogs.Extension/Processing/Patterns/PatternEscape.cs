namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>The meaning of a backslash and the characters after it.</summary>
/// <param name="Character">A character, if the others are null.</param>
/// <param name="Set">A character class. Null: none.</param>
/// <param name="Place">An assertion such as a word boundary. Null: none.</param>
/// <param name="Fault">Why it is not supported. Null: it is.</param>
internal readonly record struct PatternEscape(int Character, CharacterSet? Set = null, PlaceKind? Place = null, string? Fault = null)
{
    /// <summary>Parses it.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="at">Index after the backslash; afterwards after the whole escape.</param>
    /// <param name="inSet">Whether it is in <c>[ ]</c>, where <c>\b</c> is a backspace.</param>
    public static PatternEscape Read(string text, ref int at, bool inSet)
    {
        if (at >= text.Length)
            return Bad("a \\ has nothing behind it");

        var letter = text[at++];
        if (ClassOf(letter) is { } set)
            return new PatternEscape(0, Set: set);
        if (PlaceOf(letter) is { } place && !(inSet && letter == 'b'))
            return inSet ? Bad($"\\{letter} has no meaning in [ ]") : new PatternEscape(0, Place: place);

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
            'p' or 'P' => Bad("classes of Unicode, \\p{…}, are not supported: write the characters"),
            'k' or (>= '1' and <= '9') => Bad("a reference to a group is not supported: it cannot be matched in linear time"),
            _ when char.IsAsciiLetterOrDigit(letter) => Bad($"there is no \\{letter}"),
            _ when char.IsSurrogate(letter) => Bad("a \\ stands before a character that needs none"),
            _ => new PatternEscape(letter),
        };
    }

    static PatternEscape Bad(string fault) => new(0, Fault: fault);

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

    static PlaceKind? PlaceOf(char letter) => letter switch
    {
        'b' => PlaceKind.WordBorder,
        'B' => PlaceKind.NoWordBorder,
        'A' => PlaceKind.TextStart,
        'z' or 'Z' => PlaceKind.TextEnd,
        _ => null,
    };

    static PatternEscape Hex(string text, ref int at, int digits)
    {
        var isOpen = at < text.Length && text[at] == '{';
        var end = isOpen ? text.IndexOf('}', at) : at + digits;
        var start = isOpen ? at + 1 : at;
        if (end < start + 1 || end > text.Length || end - start > 6)
            return Bad("a character's number has too few or too many digits");

        var value = 0;
        foreach (var digit in text.AsSpan(start, end - start))
        {
            if (!char.IsAsciiHexDigit(digit))
                return Bad("a character's number has a digit that is none");

            value = (value << 4) | (char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        if (value > 0x10FFFF || value is >= 0xD800 and <= 0xDFFF)
            return Bad("there is no character of this number");

        at = isOpen ? end + 1 : end;
        return new PatternEscape(value);
    }
}
