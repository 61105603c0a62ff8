using System.Globalization;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// The declaration of one variable, from which parsing, error messages, <c>--help</c> and the reference page are derived. Durations are in
/// milliseconds, sizes in bytes.
/// </summary>
internal sealed record Variable
{
    /// <summary>The name, for example <c>HTTP_TIMEOUT_SECONDS</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How its value is parsed.</summary>
    public required VariableKind Kind { get; init; }

    /// <summary>The section of the reference page.</summary>
    public required VariableGroup Group { get; init; }

    /// <summary>What it does, as one line of Markdown.</summary>
    public required string Summary { get; init; }

    /// <summary>
    /// The default value: a number, milliseconds, bytes, 0 or 1 for a boolean, the index of a choice. Not used for a text.
    /// </summary>
    public long Default { get; init; }

    /// <summary>Smallest value of a number, duration or size.</summary>
    public long Min { get; init; }

    /// <summary>Largest value of a number, duration or size.</summary>
    public long Max { get; init; } = 1;

    /// <summary>The unit of a duration without one: 1 for milliseconds, 1000 for seconds.</summary>
    public int BareUnit { get; init; } = 1;

    /// <summary>The names of a choice, in the order of its enum.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>The default in words, if <see cref="Default"/> does not express it. Null: it does.</summary>
    public string? DefaultWords { get; init; }

    /// <summary>The accepted form in words, if the kind does not express it. Null: it does.</summary>
    public string? AllowedWords { get; init; }

    /// <summary>Whether its value must never be logged.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The default, as it would be set. Empty: none.</summary>
    public string DefaultText => DefaultWords ?? (Kind is VariableKind.Text ? "" : TextOf(Default));

    /// <summary>The accepted form, as it follows "expected".</summary>
    public string AllowedText => AllowedWords ?? Kind switch
    {
        VariableKind.Flag => "true or false",
        VariableKind.Choice => $"{string.Join(", ", Choices[..^1])} or {Choices[^1]}",
        VariableKind.Number => $"a whole number from {Min} to {Max}",
        VariableKind.Duration when BareUnit == 1 => $"milliseconds from {TextOf(Min)} to {TextOf(Max)}, also as 750ms, 5s or 1m",
        VariableKind.Duration => $"seconds from {TextOf(Min)} to {TextOf(Max)}, also as 750ms, 5s or 1m",
        VariableKind.Size => $"bytes from {TextOf(Min)} to {TextOf(Max)}, also as 512KB or 1MB (K is 1024)",
        _ => "a text",
    };

    /// <summary>Formats a value as it would be set.</summary>
    /// <param name="value">A value like <see cref="Default"/>.</param>
    public string TextOf(long value) => Kind switch
    {
        VariableKind.Flag => value != 0 ? "true" : "false",
        VariableKind.Choice => Choices[value],
        VariableKind.Duration => (value / (double)BareUnit).ToString(CultureInfo.InvariantCulture),
        VariableKind.Size when value >= 1024 * 1024 && value % (1024 * 1024) == 0 => $"{value / (1024 * 1024)}MB",
        VariableKind.Size when value >= 1024 && value % 1024 == 0 => $"{value / 1024}KB",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };
}
