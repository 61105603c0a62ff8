namespace LambdaLogs.Extension.Processing;

/// <summary>Which records are forwarded. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record FilterOptions
{
    /// <summary>The platform events that are forwarded. Default <see cref="PlatformEventSet.Default"/>.</summary>
    public PlatformEventSet PlatformEvents { get; init; } = PlatformEventSet.Default;

    /// <summary>Whether lines of the function are forwarded. Default true.</summary>
    public bool FunctionLines { get; init; } = true;

    /// <summary>Whether lines of other extensions are forwarded. Default true.</summary>
    public bool ExtensionLines { get; init; } = true;
}
