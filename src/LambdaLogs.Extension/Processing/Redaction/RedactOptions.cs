namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>What is hidden, and by what. Built once by <c>Settings</c>; never changes.</summary>
internal sealed record RedactOptions
{
    /// <summary>Known kinds of texts.</summary>
    public RedactPresets Presets { get; init; }

    /// <summary>Expressions; what they match is hidden. Each was checked.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Names of JSON members whose values are redacted, at any depth, without regard to case.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>
    /// Names of JSON members that lie in each other, at least two each; the value of the last one is redacted. At most
    /// <see cref="RedactKeys.PathNamesMax"/> names.
    /// </summary>
    public IReadOnlyList<string[]> Paths { get; init; } = [];

    /// <summary>
    /// The variable that could not be understood, so that nobody knows what it would have redacted: lines are redacted whole. Null: none.
    /// </summary>
    public string? NotUnderstood { get; init; }

    /// <summary>What stands in the place of what is hidden; plain text. Null: a hash of it.</summary>
    public string? Mark { get; init; } = "***";

    /// <summary>The salt of hashes. Null: a random one for each environment.</summary>
    public string? Salt { get; init; }
}
