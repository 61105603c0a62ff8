namespace LambdaLogs.Emulator.Sandbox;

/// <summary>One instance of the function's runtime: a process or an in-process handler.</summary>
/// <remarks>The members are called under the machine's lock and must not acquire it.</remarks>
internal interface IRuntime
{
    /// <summary>Asks the runtime to end (SIGTERM).</summary>
    void Terminate();

    /// <summary>Kills the runtime. Its end is reported like any other.</summary>
    void Kill();

    /// <summary>Stops the runtime (SIGSTOP).</summary>
    void Freeze();

    /// <summary>Continues the runtime (SIGCONT).</summary>
    void Thaw();

    /// <summary>Reads the output written so far. Also called without the machine's lock.</summary>
    void Drain();

    /// <summary>The current resident memory in bytes. Zero for an in-process handler.</summary>
    long ResidentBytes { get; }

    /// <summary>Kills the runtime because of its memory use.</summary>
    void KillOutOfMemory();

    /// <summary>Peak resident memory in bytes.</summary>
    long SamplePeak();
}
