using System.Runtime.InteropServices;
using LambdaLogs.Emulator.Phases;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// A process in its own process group whose output is split into lines. One thread waits for output and for the exit. Lines come from that
/// thread or from the caller of <see cref="Drain"/>, never from both at once.
/// </summary>
internal sealed unsafe class SandboxProcess
{
    const int PidFdOpen = 434;

    readonly Lock _lock = new();
    readonly byte[] _buffer = new byte[64 * 1024];
    readonly LineSplitter _lines;
    readonly Action<ExitStatus> _onExit;
    readonly FrameSplitter _frames;
    readonly int _outputFd;
    readonly int _framesFd;
    readonly bool _isShell;
    readonly TaskCompletionSource<ExitStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _peakBytes;
    bool _isEnded;

    SandboxProcess(string name, int pid, (int Output, int Frames) fds, ProcessEvents events, bool isShell)
    {
        _isShell = isShell;
        Name = name;
        Pid = pid;
        (_outputFd, _framesFd) = fds;
        _frames = new FrameSplitter(events.OnLine);
        _lines = new LineSplitter(events.OnLine);
        _onExit = events.OnExit;
    }

    public string Name { get; }

    /// <summary>The process id, which is also the process group id.</summary>
    public int Pid { get; }

    /// <summary>Completes after the process has ended and its output was read.</summary>
    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>True if the sandbox killed it for its memory use.</summary>
    public bool IsOutOfMemory { get; set; }

    /// <summary>The highest observed resident memory in bytes; see <see cref="SampleMemory"/>.</summary>
    public long PeakResidentBytes => Volatile.Read(ref _peakBytes);

    /// <summary>Starts a process.</summary>
    /// <param name="name">The process's name in the transcript.</param>
    /// <param name="events">Callbacks for its output and its exit.</param>
    /// <param name="error">The <c>errno</c> of a failed start, otherwise zero.</param>
    /// <returns>Null if it could not be started.</returns>
    /// <param name="request">The program to start.</param>
    public static SandboxProcess? Start(string name, SpawnRequest request, ProcessEvents events, out int error)
    {
        var frames = stackalloc int[2] { -1, -1 };
        const int closeOnExec = 0x80000;
        if (request.HasFrames && Posix.Pipe2(frames, closeOnExec) == 0)
            request = request with { ThirdFd = frames[1] };
        var pid = Spawner.Start(request, out var outputFd, out error);
        if (frames[1] >= 0)
            Posix.Close(frames[1]);
        if (pid == 0)
        {
            if (frames[0] >= 0)
                Posix.Close(frames[0]);
            return null;
        }

        var process = new SandboxProcess(name, pid, (outputFd, frames[0]), events, request.IsShell);
        new Thread(process.RunLoop) { IsBackground = true, Name = $"sandbox {name}" }.Start();
        return process;
    }

    /// <summary>Sends a signal to the process group. Does nothing if the process has ended.</summary>
    public void Signal(int signal)
    {
        lock (_lock)
        {
            // After the exit status was collected, the kernel can reuse the process id.
            if (!_isEnded)
                Posix.Kill(-Pid, signal);
        }
    }

    /// <summary>Kills the process group, including child processes left behind.</summary>
    public void Kill()
    {
        SampleMemory();
        Signal(Posix.SigKill);
    }

    /// <summary>Reads the output written so far, so that it precedes whatever the caller does next.</summary>
    public void Drain()
    {
        lock (_lock)
        {
            if (!_isEnded)
                ReadAll();
        }
    }

    /// <summary>Samples the memory peak of the process and its children, which the kernel discards when they end.</summary>
    public void SampleMemory()
    {
        RecordPeak(ProcStatus.TreePeakBytes(Pid));
    }

    /// <summary>Samples the current memory of the process and its children, so that a crash leaves a peak behind.</summary>
    public long SampleResident()
    {
        var used = ProcStatus.TreeResidentBytes(Pid);
        RecordPeak(used);
        return used;
    }

    void RecordPeak(long bytes)
    {
        if (bytes > PeakResidentBytes)
            Volatile.Write(ref _peakBytes, bytes);
    }

    void RunLoop()
    {
        var pidFd = (int)Posix.Syscall(PidFdOpen, Pid, 0);
        var fds = stackalloc Posix.PollFd[3];
        fds[0] = new Posix.PollFd { Fd = _outputFd, Events = Posix.PollIn };
        fds[1] = new Posix.PollFd { Fd = pidFd, Events = Posix.PollIn };
        fds[2] = new Posix.PollFd { Fd = _framesFd, Events = Posix.PollIn };
        ExitStatus status;
        while (true)
        {
            // Without pidfd (on a sandboxed kernel), the exit status is polled every 20 ms.
            Posix.Poll(fds, 3, pidFd >= 0 ? -1 : 20);
            lock (_lock)
            {
                // A closed pipe is always readable; poll ignores negative descriptors.
                if (HasOutput(_outputFd) && !ReadOnce(_outputFd))
                    fds[0].Fd = -1;
                if (HasOutput(_framesFd) && !ReadOnce(_framesFd))
                    fds[2].Fd = -1;
                if ((pidFd >= 0 && fds[1].Revents == 0) || !TryCollect(out status))
                    continue;

                End();
                break;
            }
        }

        if (pidFd >= 0)
            Posix.Close(pidFd);
        _exited.SetResult(status);

        // Called without the lock: the owner holds its own lock when it sends signals.
        _onExit(status);
    }

    /// <summary>Called once, with the lock held.</summary>
    void End()
    {
        // Kills remaining processes of the group so that nothing is written any more.
        Posix.Kill(-Pid, Posix.SigKill);
        _isEnded = true;
        ReadAll();
        _lines.End();
        _frames.End();
        Posix.Close(_outputFd);
        if (_framesFd >= 0)
            Posix.Close(_framesFd);
    }

    bool TryCollect(out ExitStatus exit)
    {
        const int noHang = 1;
        int status;
        exit = default;
        if (Posix.WaitPid(Pid, &status, noHang) != Pid)
            return false;

        var signal = status & 0x7F;
        var code = (status >> 8) & 0xFF;
        if (signal == 0 && _isShell && code is > 128 and < 160)
            signal = code - 128;
        exit = signal == 0
            ? new ExitStatus(code)
            : new ExitStatus(128 + signal, signal, IsOutOfMemory);
        return true;
    }

    void ReadAll()
    {
        while (HasOutput(_outputFd) && ReadOnce(_outputFd))
        {
        }

        while (HasOutput(_framesFd) && ReadOnce(_framesFd))
        {
        }
    }

    /// <summary>A negative descriptor never has output.</summary>
    static bool HasOutput(int fd)
    {
        var item = new Posix.PollFd { Fd = fd, Events = Posix.PollIn };
        return Posix.Poll(&item, 1, 0) > 0;
    }

    /// <returns>False at the end of the output.</returns>
    bool ReadOnce(int fd)
    {
        fixed (byte* buffer = _buffer)
        {
            var count = (int)Posix.Read(fd, buffer, _buffer.Length);
            if (count <= 0)
                return count < 0 && Marshal.GetLastPInvokeError() == 4;

            var bytes = new ReadOnlySpan<byte>(buffer, count);
            if (fd == _outputFd)
                _lines.Add(bytes);
            else
                _frames.Add(bytes);
            return true;
        }
    }
}

/// <summary>The callbacks of a process.</summary>
/// <param name="OnLine">
/// Receives each line with its line feed. Called with the process's lock held, so it must not acquire another lock.
/// </param>
/// <param name="OnExit">Called once, after the last line.</param>
internal sealed record ProcessEvents(Action<ReadOnlyMemory<byte>> OnLine, Action<ExitStatus> OnExit);
