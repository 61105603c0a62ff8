namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>What a step of a compiled pattern does.</summary>
internal enum StepKind : byte
{
    /// <summary>Takes one byte of a range.</summary>
    Take,

    /// <summary>Goes both ways, <see cref="PatternStep.Next"/> preferred.</summary>
    Split,

    /// <summary>Goes on where a condition holds.</summary>
    Condition,

    /// <summary>The pattern has matched.</summary>
    Match,
}

/// <summary>One step of a compiled pattern.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="From">Lowest byte that is taken; or the condition, a <see cref="PlaceKind"/>.</param>
/// <param name="To">Highest byte that is taken.</param>
/// <param name="Next">The step that follows.</param>
/// <param name="Other">The other step of a split.</param>
internal readonly record struct PatternStep(StepKind Kind, byte From, byte To, int Next, int Other)
{
    /// <summary>The condition of a step that is one.</summary>
    public PlaceKind Place => (PlaceKind)From;
}
