namespace LambdaLogs.Extension.Checks;

/// <summary>The result of one step of the check.</summary>
/// <param name="Name">The step's name, for example <c>tls</c>.</param>
/// <param name="IsGood">Whether the step succeeded.</param>
/// <param name="Text">The finding, in one line without secrets.</param>
internal sealed record CheckStep(string Name, bool IsGood, string Text)
{
    /// <summary>More details, for a separate line. Null: none.</summary>
    public string? Details { get; init; }

    /// <summary>What to change. Null: nothing.</summary>
    public string? Advice { get; init; }

    /// <summary>How long it took. Null: not measured.</summary>
    public TimeSpan? Took { get; init; }
}
