using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The processes of the sandbox. Used under the machine's lock unless a member says otherwise.</summary>
internal sealed class ProcessTable : IAsyncDisposable
{
    readonly SandboxCore _core;
    readonly OrphanKiller _orphanKiller = new();
    readonly Dictionary<string, SandboxProcess> _extensions = [];
    readonly Lock _lock = new();
    IRuntime? _runtime;

    public ProcessTable(SandboxCore core)
    {
        _core = core;
        _orphanKiller.Start();
    }

    /// <summary>The current runtime. Thread-safe.</summary>
    public IRuntime? Runtime
    {
        get
        {
            lock (_lock)
                return _runtime;
        }
    }

    /// <summary>The running process of an extension. Null if there is none. Thread-safe.</summary>
    public SandboxProcess? Extension(string name)
    {
        lock (_lock)
            return _extensions.GetValueOrDefault(name);
    }

    /// <summary>Starts every extension file.</summary>
    public SandboxInput LaunchExtensions()
    {
        var started = new List<string>();
        foreach (var path in _core.Resources.Files.All())
        {
            var name = Path.GetFileName(path);
            if (started.Count == Admission.ExtensionsMax)
                return TooMany(started, name);

            var inside = _core.Resources.ExtensionPath(path);
            var request = new SpawnRequest(inside, [inside], _core.Environment.ForExtension(), _core.Resources.ExtensionDirectory)
            {
                Namespaces = _core.Resources.Namespaces,
                HostFile = path,
            };
            var process = Start(name, request, ExtensionEvents(name), p => _extensions[name] = p, out var error);
            if (process is null)
                return LaunchFailed([.. started], path, error);

            started.Add(name);
        }

        return new SandboxInput.Launched([.. started]);
    }

    /// <summary>Starts the function.</summary>
    /// <returns>Null if it was started.</returns>
    public SandboxInput? StartRuntime()
    {
        if (_core.Options.Function is FunctionSource.FromHandler handler)
        {
            var runtime = new InProcessRuntime(_core, handler, _core.Lines.Add, RuntimeExited);
            lock (_lock)
                _runtime = runtime;
            _core.Transcript.Add(TranscriptKind.ProcessStarted, TranscriptEvent.Runtime, "in the emulator's process");
            runtime.Start(_core.Rules.IsManaged ? _core.Options.MaxConcurrency : 1);
            return null;
        }

        var request = FunctionCommand.For(_core.Options.Function, _core.Resources, _core.Environment);
        var events = new ProcessEvents(l => _core.Lines.Add(l, null), RuntimeExited);
        if (Start(TranscriptEvent.Runtime, request, events, p => _runtime = new ProcessRuntime(p), out var error) is not null)
            return null;

        _core.Transcript.Add(TranscriptKind.LaunchFailed, TranscriptEvent.Runtime, LaunchErrors.Text(request.Path, error));
        return new SandboxInput.RuntimeLaunchFailed(LaunchErrors.Text(request.Path, error));
    }

    /// <summary>Stops all processes. No telemetry request may be in progress because the stop would interrupt it.</summary>
    public void Freeze()
    {
        if (_core.Resources.Namespaces is { } namespaces)
            namespaces.Signal("STOP");
        else
            Each(p => p.Signal(Posix.SigStop), r => r.Freeze());
    }

    public void Thaw()
    {
        if (_core.Resources.Namespaces is { } namespaces)
            namespaces.Signal("CONT");
        else
            Each(p => p.Signal(Posix.SigCont), r => r.Thaw());
    }

    /// <summary>Kills all remaining processes, in any process group, so that none survives into the next generation.</summary>
    public void KillStrayProcesses()
    {
        if (_core.Resources.Namespaces is { } namespaces)
            namespaces.Signal("KILL");
        else
            StrayProcesses.Kill($"AWS_LAMBDA_RUNTIME_API={_core.Environment.RuntimeApi}");
    }

    public void KillExtension(string name)
    {
        if (Extension(name) is not { } process)
            return;

        _core.Transcript.Add(TranscriptKind.ProcessKilled, name, "");
        process.Kill();
    }

    public void KillRuntime()
    {
        if (Runtime is not { } runtime)
            return;

        _core.Transcript.Add(TranscriptKind.ProcessKilled, TranscriptEvent.Runtime, "");
        runtime.Kill();
    }

    /// <summary>The sum of all processes' memory peaks in bytes. Thread-safe.</summary>
    public long SamplePeaks()
    {
        var sum = 0L;
        Each(
            p =>
            {
                p.SampleMemory();
                sum += p.PeakResidentBytes;
            },
            r => sum += r.SamplePeak());
        return sum;
    }

    /// <summary>The current memory of all processes in bytes; updates their peaks. Thread-safe.</summary>
    public long SampleResident()
    {
        var sum = 0L;
        Each(p => sum += p.SampleResident(), r => sum += r.ResidentBytes);
        return sum;
    }

    /// <summary>Kills the remaining processes and waits until they have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        var ends = new List<Task>();
        Each(
            p =>
            {
                p.Kill();
                ends.Add(p.Exited);
            },
            r =>
            {
                r.Kill();
                if (r is ProcessRuntime runtime)
                    ends.Add(runtime.Process.Exited);
            });
        await Task.WhenAll(ends);
        KillStrayProcesses();
        _orphanKiller.Dispose();
    }

    ProcessEvents ExtensionEvents(string name)
    {
        return new ProcessEvents(
            line => _core.Lines.AddExtension(name, line),
            status =>
            {
                SandboxProcess? process;
                lock (_lock)
                    _extensions.Remove(name, out process);
                _core.Hub.PauseSubscriber(name);
                Ended(name, status, process);
                _core.Post(new SandboxInput.ExtensionExited(name, status));
            });
    }

    void RuntimeExited(ExitStatus status)
    {
        IRuntime? runtime;
        lock (_lock)
            (runtime, _runtime) = (_runtime, null);
        Ended(TranscriptEvent.Runtime, status, (runtime as ProcessRuntime)?.Process);
        _core.Post(new SandboxInput.RuntimeExited(status));
    }

    void Ended(string name, ExitStatus status, SandboxProcess? process)
    {
        if (process is not null)
            _orphanKiller.Remove(process.Pid);
        _core.Transcript.Add(new TranscriptEvent(default, TranscriptKind.ProcessExited, name, status.ToString())
        {
            Code = status.Code,
            PeakResidentBytes = process?.PeakResidentBytes,
        });
    }

    /// <summary>Starts a process and stores it before its exit can be handled, because it can exit immediately.</summary>
    SandboxProcess? Start(string name, SpawnRequest request, ProcessEvents events, Action<SandboxProcess> keep, out int error)
    {
        request = ForeignArchitecture.Prepare(request);
        lock (_lock)
        {
            var process = SandboxProcess.Start(name, request, events, out error);
            if (process is null)
                return null;

            _orphanKiller.Add(process.Pid);
            _core.Resources.CpuGroup?.Add(process.Pid);
            var by = request.Interpreter is { } interpreter ? $", of another architecture, run by {interpreter}" : "";
            _core.Transcript.Add(TranscriptKind.ProcessStarted, name, $"process {process.Pid}{by}", code: process.Pid);
            keep(process);
            return process;
        }
    }

    SandboxInput.LaunchFailed TooMany(IReadOnlyList<string> started, string name)
    {
        var text = $"Extension limit ({Admission.ExtensionsMax}) reached";
        _core.Transcript.Add(TranscriptKind.LaunchFailed, name, text);
        return new SandboxInput.LaunchFailed([.. started], name, "TooManyExtensions", text);
    }

    SandboxInput.LaunchFailed LaunchFailed(string[] started, string path, int error)
    {
        // Lambda's message contains the path inside the sandbox but not the cause, so the cause goes to the transcript only.
        var name = Path.GetFileName(path);
        var text = LaunchErrors.Text($"/opt/extensions/{name}", error);
        var cause = error == LaunchErrors.Enoexec ? $" ({ExecutableCheck.FormatOf(path)})" : "";
        _core.Transcript.Add(TranscriptKind.LaunchFailed, name, text + cause);
        return new SandboxInput.LaunchFailed([.. started], name, LaunchErrors.Type(error), text);
    }

    void Each(Action<SandboxProcess> extension, Action<IRuntime> runtime)
    {
        SandboxProcess[] extensions;
        IRuntime? function;
        lock (_lock)
        {
            extensions = [.. _extensions.Values];
            function = _runtime;
        }

        foreach (var process in extensions)
            extension(process);
        if (function is not null)
            runtime(function);
    }
}
