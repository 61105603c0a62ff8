namespace LambdaLogs.Emulator.Faults;

/// <summary>What becomes of the <c>platform.runtimeDone</c> of an invocation.</summary>
/// <param name="Kind">What is done with it.</param>
/// <param name="Delay">For <see cref="RuntimeDoneFaultKind.Delay"/>.</param>
public readonly record struct RuntimeDoneFault(RuntimeDoneFaultKind Kind, TimeSpan Delay = default)
{
    public static readonly RuntimeDoneFault None = default;

    /// <summary>It is never said.</summary>
    public static readonly RuntimeDoneFault Lost = new(RuntimeDoneFaultKind.Lose);

    /// <summary>It is said twice.</summary>
    public static readonly RuntimeDoneFault Twice = new(RuntimeDoneFaultKind.Repeat);

    /// <summary>It is said with <c>platform.start</c>, before the handler runs.</summary>
    public static readonly RuntimeDoneFault Early = new(RuntimeDoneFaultKind.Advance);

    /// <summary>It is said that much later.</summary>
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
