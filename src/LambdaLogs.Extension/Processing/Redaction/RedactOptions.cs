namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>What is redacted, and how. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record RedactOptions
{
    /// <summary>Known kinds of text.</summary>
    public RedactPresets Presets { get; init; }

    /// <summary>Valid regular expressions; matching text is redacted.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Names of JSON members whose values are redacted, at any depth, ignoring case.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>
    /// Paths of nested JSON members with at least two names; the value of the last one is redacted. At most
    /// <see cref="RedactKeys.PathNamesMax"/> names.
    /// </summary>
    public IReadOnlyList<string[]> Paths { get; init; } = [];

    /// <summary>
    /// A variable with an invalid value. What it would have redacted is not known, so lines are redacted completely. Null: none.
    /// </summary>
    public string? InvalidVariable { get; init; }

    /// <summary>The replacement as plain text. Null: a hash.</summary>
    public string? Mark { get; init; } = "***";

    /// <summary>The salt of hashes. Null: a random one for each environment.</summary>
    public string? Salt { get; init; }
}
