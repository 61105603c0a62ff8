namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>What stands on both sides of a place in a text.</summary>
/// <param name="Before">The byte before it; <see cref="None"/> at the beginning.</param>
/// <param name="After">The byte behind it; <see cref="None"/> at the end.</param>
internal readonly record struct Place(int Before, int After)
{
    /// <summary>There is no byte.</summary>
    public const int None = 256;

    /// <summary>Whether a condition holds here.</summary>
    public bool Is(PlaceKind kind) => kind switch
    {
        PlaceKind.TextStart => Before == None,
        PlaceKind.TextEnd => After == None,
        PlaceKind.LineStart => Before is None or '\n',
        PlaceKind.LineEnd => After is None or '\n',
        PlaceKind.WordBorder => PatternProgram.IsWord(Before) != PatternProgram.IsWord(After),
        // The bytes of one character are all outside of words, and there is no place between them.
        _ => !IsWithinCharacter && PatternProgram.IsWord(Before) == PatternProgram.IsWord(After),
    };

    /// <summary>Whether the byte behind it goes on a character of UTF-8.</summary>
    bool IsWithinCharacter => After is >= 0x80 and < 0xC0;
}
