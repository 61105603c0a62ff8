namespace LambdaLogs.Extension.Checks;

/// <summary>What came of one step of the check.</summary>
/// <param name="Name">The step's name, for example <c>tls</c>.</param>
/// <param name="IsGood">Whether it went well.</param>
/// <param name="Text">What was found, in one line without secrets.</param>
internal sealed record CheckStep(string Name, bool IsGood, string Text)
{
    /// <summary>More of what was found, for a line of its own. Null: nothing.</summary>
    public string? Details { get; init; }

    /// <summary>What to change. Null: nothing.</summary>
    public string? Advice { get; init; }

    /// <summary>How long it took. Null: it did nothing that takes time.</summary>
    public TimeSpan? Took { get; init; }
}
