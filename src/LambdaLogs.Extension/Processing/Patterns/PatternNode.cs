namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>A part of a pattern, as it was read. Immutable.</summary>
internal abstract record PatternNode
{
    /// <summary>Matches without taking anything.</summary>
    public sealed record Empty : PatternNode;

    /// <summary>One character of a set.</summary>
    /// <param name="Characters">The set. An empty one never matches.</param>
    public sealed record Set(CharacterSet Characters) : PatternNode;

    /// <summary>A condition on the place, which takes nothing.</summary>
    /// <param name="Kind">Which.</param>
    public sealed record Condition(PlaceKind Kind) : PatternNode;

    /// <summary>One part behind the other.</summary>
    /// <param name="Parts">At least one.</param>
    public sealed record Sequence(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One of several; earlier ones are preferred.</summary>
    /// <param name="Parts">At least two.</param>
    public sealed record Choice(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>A part again and again.</summary>
    /// <param name="Part">What is repeated.</param>
    /// <param name="Min">Fewest times.</param>
    /// <param name="Max">Most times. Null: no bound.</param>
    /// <param name="IsLazy">Whether few are preferred to many.</param>
    public sealed record Repeat(PatternNode Part, int Min, int? Max, bool IsLazy) : PatternNode;
}
