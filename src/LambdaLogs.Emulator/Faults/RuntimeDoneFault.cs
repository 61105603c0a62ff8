namespace LambdaLogs.Emulator.Faults;

/// <summary>A fault of an invocation's <c>platform.runtimeDone</c> event.</summary>
/// <param name="Kind">The kind of fault.</param>
/// <param name="Delay">For <see cref="RuntimeDoneFaultKind.Delay"/>.</param>
public readonly record struct RuntimeDoneFault(RuntimeDoneFaultKind Kind, TimeSpan Delay = default)
{
    public static readonly RuntimeDoneFault None = default;

    /// <summary>The event is not published.</summary>
    public static readonly RuntimeDoneFault Lost = new(RuntimeDoneFaultKind.Lose);

    /// <summary>The event is published twice.</summary>
    public static readonly RuntimeDoneFault Twice = new(RuntimeDoneFaultKind.Repeat);

    /// <summary>The event is published with <c>platform.start</c>, before the handler runs.</summary>
    public static readonly RuntimeDoneFault Early = new(RuntimeDoneFaultKind.Advance);

    /// <summary>The event is published after the given delay.</summary>
    public static RuntimeDoneFault Late(TimeSpan delay) => new(RuntimeDoneFaultKind.Delay, delay);
}

/// <inheritdoc cref="RuntimeDoneFault"/>
public enum RuntimeDoneFaultKind
{
    None,
    Lose,
    Repeat,
    Advance,
    Delay,
}
