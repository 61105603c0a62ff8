namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>Conditions on a place between two bytes of a text.</summary>
internal enum PlaceKind
{
    /// <summary><c>^</c>, <c>\A</c>: the text's beginning.</summary>
    TextStart,

    /// <summary><c>$</c>, <c>\z</c>: the text's end.</summary>
    TextEnd,

    /// <summary><c>(?m)^</c>: the beginning of the text or of a line.</summary>
    LineStart,

    /// <summary><c>(?m)$</c>: the end of the text or of a line.</summary>
    LineEnd,

    /// <summary><c>\b</c>: between a word's character and another.</summary>
    WordBorder,

    /// <summary><c>\B</c>: where <see cref="WordBorder"/> is not.</summary>
    NoWordBorder,
}
