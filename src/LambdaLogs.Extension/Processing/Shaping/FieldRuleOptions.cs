namespace LambdaLogs.Extension.Processing.Shaping;

/// <summary>What becomes of attributes. Built once by <c>Settings</c>; never changes.</summary>
internal sealed record FieldRuleOptions
{
    /// <summary>Most members that can be named.</summary>
    public const int DroppedMax = 64;

    /// <summary>
    /// Members that are left out: names, with points where they lie deeper, such as <c>user.email</c>. At most <see cref="DroppedMax"/>.
    /// </summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>Members of the attributes themselves that get another name.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Renamed { get; init; } = [];
}
