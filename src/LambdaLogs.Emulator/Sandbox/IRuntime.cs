namespace LambdaLogs.Emulator.Sandbox;

/// <summary>One run of the function's runtime: a process of its own, or a handler in this one.</summary>
/// <remarks>The members are called under the machine's lock and must not wait for it.</remarks>
internal interface IRuntime
{
    /// <summary>Asks it to end (SIGTERM).</summary>
    void Terminate();

    /// <summary>Ends it. The end is reported as every other.</summary>
    void Kill();

    /// <summary>Stops it where it is (SIGSTOP).</summary>
    void Freeze();

    /// <summary>Lets it go on (SIGCONT).</summary>
    void Thaw();

    /// <summary>Reads what it has written so far. Called without the machine's lock too.</summary>
    void Drain();

    /// <summary>Present resident memory in bytes, and whether killing it as out of memory makes sense.</summary>
    long ResidentBytes { get; }

    /// <summary>Kills it for its use of memory.</summary>
    void KillOutOfMemory();

    /// <summary>Peak resident memory in bytes.</summary>
    long SamplePeak();
}
