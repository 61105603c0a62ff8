namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>Assertions about a position between two bytes of a text.</summary>
internal enum AssertionKind
{
    /// <summary><c>^</c>, <c>\A</c>: the start of the text.</summary>
    TextStart,

    /// <summary><c>$</c>, <c>\z</c>: the end of the text.</summary>
    TextEnd,

    /// <summary><c>(?m)^</c>: the start of the text or of a line.</summary>
    LineStart,

    /// <summary><c>(?m)$</c>: the end of the text or of a line.</summary>
    LineEnd,

    /// <summary><c>\b</c>: a word boundary.</summary>
    WordBoundary,

    /// <summary><c>\B</c>: not a word boundary.</summary>
    NotWordBoundary,
}
