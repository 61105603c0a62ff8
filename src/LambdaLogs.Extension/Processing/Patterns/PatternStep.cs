namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>The kind of a step of a compiled pattern.</summary>
internal enum StepKind : byte
{
    /// <summary>Consumes one byte of a range.</summary>
    Consume,

    /// <summary>Continues at two steps, preferring <see cref="PatternStep.Next"/>.</summary>
    Split,

    /// <summary>Continues if an assertion holds.</summary>
    Assertion,

    /// <summary>The pattern has matched.</summary>
    Match,
}

/// <summary>One step of a compiled pattern.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="From">Lowest byte of the range; or the assertion, a <see cref="AssertionKind"/>.</param>
/// <param name="To">Highest byte of the range.</param>
/// <param name="Next">The next step.</param>
/// <param name="Other">The other step of a split.</param>
internal readonly record struct PatternStep(StepKind Kind, byte From, byte To, int Next, int Other)
{
    /// <summary>The assertion of the step.</summary>
    public AssertionKind Assertion => (AssertionKind)From;
}
