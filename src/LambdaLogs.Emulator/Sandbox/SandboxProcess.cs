using System.Runtime.InteropServices;
using LambdaLogs.Emulator.Phases;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// A process in its own process group, with its output cut into lines. One thread waits for output and for the end; the lines come
/// from that thread, or from whoever calls <see cref="Drain"/>, never from two at a time.
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

    /// <summary>Also the id of the process group.</summary>
    public int Pid { get; }

    /// <summary>Ends once the process has ended and its output was read.</summary>
    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>True where the sandbox killed it for its use of memory.</summary>
    public bool IsOutOfMemory { get; set; }

    /// <summary>The highest resident memory seen, in bytes; see <see cref="SampleMemory"/>.</summary>
    public long PeakResidentBytes => Volatile.Read(ref _peakBytes);

    /// <summary>Starts a process.</summary>
    /// <param name="name">For the transcript.</param>
    /// <param name="events">Its output and its end.</param>
    /// <param name="error">The <c>errno</c> of the start, zero where it worked.</param>
    /// <returns>Null where it could not be started.</returns>
    /// <param name="request">What to start.</param>
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
        new Thread(process.Watch) { IsBackground = true, Name = $"sandbox {name}" }.Start();
        return process;
    }

    /// <summary>Sends a signal to the whole process group, unless the process is gone already.</summary>
    public void Signal(int signal)
    {
        lock (_lock)
        {
            // After the end was collected the number may belong to someone else.
            if (!_isEnded)
                Posix.Kill(-Pid, signal);
        }
    }

    /// <summary>Kills the whole group, also what the process left behind.</summary>
    public void Kill()
    {
        SampleMemory();
        Signal(Posix.SigKill);
    }

    /// <summary>Reads what the process has written so far, so that it comes before what the caller does next.</summary>
    public void Drain()
    {
        lock (_lock)
        {
            if (!_isEnded)
                ReadAll();
        }
    }

    /// <summary>Reads the peak of its memory and of its children's, which the kernel forgets when they end.</summary>
    public void SampleMemory()
    {
        Remember(ProcStatus.TreePeakBytes(Pid));
    }

    /// <summary>Reads what it uses now with its children, so that a crash leaves a peak behind.</summary>
    public long SampleResident()
    {
        var used = ProcStatus.TreeResidentBytes(Pid);
        Remember(used);
        return used;
    }

    void Remember(long bytes)
    {
        if (bytes > PeakResidentBytes)
            Volatile.Write(ref _peakBytes, bytes);
    }

    void Watch()
    {
        var pidFd = (int)Posix.Syscall(PidFdOpen, Pid, 0);
        var fds = stackalloc Posix.PollFd[3];
        fds[0] = new Posix.PollFd { Fd = _outputFd, Events = Posix.PollIn };
        fds[1] = new Posix.PollFd { Fd = pidFd, Events = Posix.PollIn };
        fds[2] = new Posix.PollFd { Fd = _framesFd, Events = Posix.PollIn };
        ExitStatus status;
        while (true)
        {
            // Without pidfd (a sandboxed kernel) the end is looked for every 20 ms.
            Posix.Poll(fds, 3, pidFd >= 0 ? -1 : 20);
            lock (_lock)
            {
                // A closed pipe stays readable forever; poll ignores negative descriptors.
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

        // Without the lock: the owner has one of its own, which it holds when it sends signals.
        _onExit(status);
    }

    /// <summary>Called with the lock held, once.</summary>
    void End()
    {
        // What the process left behind in its group goes with it, so that nothing writes any more.
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

    /// <summary>A negative descriptor never has.</summary>
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

/// <summary>What a process tells its owner.</summary>
/// <param name="OnLine">Each line, with its line feed. Called with the process's lock held: it must not wait for another.</param>
/// <param name="OnExit">Once, after the last line.</param>
internal sealed record ProcessEvents(Action<ReadOnlyMemory<byte>> OnLine, Action<ExitStatus> OnExit);
