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
    readonly int _outputFd;
    readonly TaskCompletionSource<ExitStatus> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    long _peakBytes;
    bool _isEnded;

    SandboxProcess(string name, int pid, int outputFd, ProcessEvents events)
    {
        Name = name;
        Pid = pid;
        _outputFd = outputFd;
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
        var pid = Spawner.Start(request, out var outputFd, out error);
        if (pid == 0)
            return null;

        var process = new SandboxProcess(name, pid, outputFd, events);
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
            while (!_isEnded && HasOutput(0) && ReadOnce())
            {
            }
        }
    }

    /// <summary>Reads the peak of its memory, which the kernel forgets when it ends.</summary>
    public void SampleMemory()
    {
        var peak = ProcStatus.PeakResidentBytes(Pid);
        if (peak > PeakResidentBytes)
            Volatile.Write(ref _peakBytes, peak);
    }

    void Watch()
    {
        var pidFd = (int)Posix.Syscall(PidFdOpen, Pid, 0);
        var fds = stackalloc Posix.PollFd[2];
        fds[0] = new Posix.PollFd { Fd = _outputFd, Events = Posix.PollIn };
        fds[1] = new Posix.PollFd { Fd = pidFd, Events = Posix.PollIn };
        ExitStatus status;
        while (true)
        {
            // Without pidfd (a sandboxed kernel) the end is looked for every 20 ms.
            Posix.Poll(fds, 2, pidFd >= 0 ? -1 : 20);
            lock (_lock)
            {
                // A closed pipe stays ready for ever; poll ignores negative descriptors.
                if (HasOutput(0) && !ReadOnce())
                    fds[0].Fd = -1;
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
        while (HasOutput(0) && ReadOnce())
        {
        }

        _lines.End();
        Posix.Close(_outputFd);
    }

    bool TryCollect(out ExitStatus exit)
    {
        const int noHang = 1;
        int status;
        exit = default;
        if (Posix.WaitPid(Pid, &status, noHang) != Pid)
            return false;

        var signal = status & 0x7F;
        exit = signal == 0
            ? new ExitStatus((status >> 8) & 0xFF)
            : new ExitStatus(128 + signal, signal, IsOutOfMemory);
        return true;
    }

    bool HasOutput(int timeoutMs)
    {
        var fd = new Posix.PollFd { Fd = _outputFd, Events = Posix.PollIn };
        return Posix.Poll(&fd, 1, timeoutMs) > 0;
    }

    /// <returns>False at the end of the output.</returns>
    bool ReadOnce()
    {
        fixed (byte* buffer = _buffer)
        {
            var count = (int)Posix.Read(_outputFd, buffer, _buffer.Length);
            if (count <= 0)
                return count < 0 && Marshal.GetLastPInvokeError() == 4;

            _lines.Add(new ReadOnlySpan<byte>(buffer, count));
            return true;
        }
    }
}

/// <summary>What a process tells its owner.</summary>
/// <param name="OnLine">Each line, with its line feed. Called with the process's lock held: it must not wait for another.</param>
/// <param name="OnExit">Once, after the last line.</param>
internal sealed record ProcessEvents(Action<ReadOnlyMemory<byte>> OnLine, Action<ExitStatus> OnExit);
