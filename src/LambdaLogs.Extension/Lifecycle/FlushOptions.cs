namespace LambdaLogs.Extension.Lifecycle;

/// <summary>When <c>/next</c> waits for delivery, and for how long. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record FlushOptions
{
    /// <summary>Whether the end of an invocation waits for delivery. Default <see cref="FlushMode.Auto"/>.</summary>
    public FlushMode Mode { get; init; } = FlushMode.Auto;

    /// <summary>The longest time that a flush may hold <c>/next</c> after the handler. Default 1 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long to wait for lines that arrive after <c>platform.runtimeDone</c>; ends early once lines stop arriving. Default zero.
    /// </summary>
    public TimeSpan Grace { get; init; }
}
