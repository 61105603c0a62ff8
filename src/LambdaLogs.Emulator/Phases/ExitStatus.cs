namespace LambdaLogs.Emulator.Phases;

/// <summary>How a process ended.</summary>
/// <param name="Code">The exit code; 128 + signal where a signal ended it.</param>
/// <param name="Signal">The signal, or zero.</param>
/// <param name="OutOfMemory">True where it was killed for the sandbox's use of memory.</param>
internal readonly record struct ExitStatus(int Code, int Signal = 0, bool OutOfMemory = false)
{
    /// <summary>As Lambda's messages have it: <c>exit status 1</c>, <c>signal: killed</c>.</summary>
    public override string ToString() => Signal switch
    {
        0 when Code == 0 => "exit code 0",
        0 => $"exit status {Code}",
        6 => "signal: aborted",
        9 => "signal: killed",
        11 => "signal: segmentation fault",
        15 => "signal: terminated",
        _ => $"signal: {Signal}",
    };
}
