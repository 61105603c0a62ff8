namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>A position between two bytes of a text.</summary>
/// <param name="Before">The byte before it; <see cref="None"/> at the start.</param>
/// <param name="After">The byte after it; <see cref="None"/> at the end.</param>
internal readonly record struct TextPosition(int Before, int After)
{
    /// <summary>No byte.</summary>
    public const int None = 256;

    /// <summary>Whether an assertion holds here.</summary>
    public bool Satisfies(AssertionKind kind) => kind switch
    {
        AssertionKind.TextStart => Before == None,
        AssertionKind.TextEnd => After == None,
        AssertionKind.LineStart => Before is None or '\n',
        AssertionKind.LineEnd => After is None or '\n',
        AssertionKind.WordBoundary => PatternProgram.IsWord(Before) != PatternProgram.IsWord(After),
        // Bytes of a multi-byte character are not word characters, and there is no boundary between them.
        _ => !IsWithinCharacter && PatternProgram.IsWord(Before) == PatternProgram.IsWord(After),
    };

    /// <summary>Whether the byte after it continues a UTF-8 character.</summary>
    bool IsWithinCharacter => After is >= 0x80 and < 0xC0;
}
