namespace LambdaLogs.Emulator.Phases;

/// <summary>The exit status of a process.</summary>
/// <param name="Code">The exit code, or 128 + signal if a signal ended the process.</param>
/// <param name="Signal">The signal, or zero.</param>
/// <param name="OutOfMemory">True if the process was killed because the sandbox used too much memory.</param>
internal readonly record struct ExitStatus(int Code, int Signal = 0, bool OutOfMemory = false)
{
    /// <summary>The form of Lambda's messages: <c>exit status 1</c>, <c>signal: killed</c>.</summary>
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
