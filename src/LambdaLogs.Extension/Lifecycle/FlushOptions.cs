namespace LambdaLogs.Extension.Lifecycle;

/// <summary>When <c>/next</c> waits for delivery and how long. Built once by <c>Settings</c>; never changes.</summary>
internal sealed record FlushOptions
{
    /// <summary>Whether the end of an invocation waits for delivery. Default <see cref="FlushMode.Auto"/>.</summary>
    public FlushMode Mode { get; init; } = FlushMode.Auto;

    /// <summary>Longest time a flush may hold <c>/next</c> after the handler. Default 1 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait for lines behind <c>platform.runtimeDone</c>; ends early once none comes. Default zero.</summary>
    public TimeSpan Grace { get; init; }
}
