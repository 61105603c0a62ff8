namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>A node of the syntax tree of a pattern. Immutable.</summary>
internal abstract record PatternNode
{
    /// <summary>Matches the empty string.</summary>
    public sealed record Empty : PatternNode;

    /// <summary>One character of a set.</summary>
    /// <param name="Characters">The set. An empty one never matches.</param>
    public sealed record Set(CharacterSet Characters) : PatternNode;

    /// <summary>An assertion, which consumes nothing.</summary>
    /// <param name="Kind">The assertion.</param>
    public sealed record Assertion(AssertionKind Kind) : PatternNode;

    /// <summary>Parts in sequence.</summary>
    /// <param name="Parts">At least one.</param>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>Alternatives; earlier ones are preferred.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record Choice(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>A repeated part.</summary>
    /// <param name="Part">What is repeated.</param>
    /// <param name="Min">Minimum count.</param>
    /// <param name="Max">Maximum count. Null: unlimited.</param>
    /// <param name="IsLazy">Whether fewer repetitions are preferred.</param>
    public sealed record Repeat(PatternNode Part, int Min, int? Max, bool IsLazy) : PatternNode;
}
