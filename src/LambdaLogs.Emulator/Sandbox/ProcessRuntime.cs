namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The function's runtime as a process.</summary>
/// <param name="process">A started process.</param>
internal sealed class ProcessRuntime(SandboxProcess process) : IRuntime
{
    public SandboxProcess Process => process;

    public long ResidentBytes => process.SampleResident();

    public void Terminate() => process.Signal(Posix.SigTerm);

    public void Kill() => process.Kill();

    public void Freeze() => process.Signal(Posix.SigStop);

    public void Thaw() => process.Signal(Posix.SigCont);

    public void Drain() => process.Drain();

    public void KillOutOfMemory()
    {
        process.IsOutOfMemory = true;
        process.Kill();
    }

    public long SamplePeak()
    {
        process.SampleMemory();
        return process.PeakResidentBytes;
    }
}
