namespace LambdaLogs.Extension.Processing.FieldRules;

/// <summary>How attributes are changed. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record FieldRuleOptions
{
    /// <summary>Largest number of dropped members.</summary>
    public const int DroppedMax = 64;

    /// <summary>
    /// Members to drop: names, or dotted paths of nested members such as <c>user.email</c>. At most <see cref="DroppedMax"/>.
    /// </summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>Top-level members of the attributes to rename.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Renamed { get; init; } = [];
}
