using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Replaces the kernel's memory limit: kills the runtime when all processes together use more memory than the function has.
/// </summary>
internal sealed class MemoryLimiter : IDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    readonly SandboxOptions _options;
    readonly ProcessTable _processes;
    readonly Transcript _transcript;
    readonly ITimer _timer;

    public MemoryLimiter(SandboxOptions options, ProcessTable processes, Transcript transcript)
    {
        _options = options;
        _processes = processes;
        _transcript = transcript;
        _timer = options.Time.CreateTimer(_ => Check(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Starts checking, if the memory limit is enforced.</summary>
    public void Start()
    {
        if (_options.EnforceMemory)
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    void Check()
    {
        var used = _processes.SampleResident();
        if (used > _options.MemoryMb * 1024L * 1024L && _processes.Runtime is { } runtime)
        {
            _transcript.Add(TranscriptKind.ProcessKilled, TranscriptEvent.Runtime, $"out of memory: {used >> 20} MB");
            runtime.KillOutOfMemory();
        }

        try
        {
            // The timer is set again after each check, so that checks do not pile up on a busy machine.
            _timer.Change(Period, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The sandbox ended in the meantime.
        }
    }
}
