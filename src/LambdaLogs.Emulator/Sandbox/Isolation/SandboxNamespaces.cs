using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace LambdaLogs.Emulator.Sandbox.Isolation;

/// <summary>
/// The namespaces of a sandbox: mounts, processes and optionally the network. A small shell is the first process of the PID namespace. It
/// ends when the emulator ends, for whatever reason, and then the kernel kills all other processes in the namespace. Thread-safe.
/// </summary>
/// <remarks>
/// A .NET process has several threads and cannot enter namespaces as a whole. Each call runs on a new thread, whose child processes are in
/// the sandbox. This needs CAP_SYS_ADMIN; <see cref="UserNamespace"/> gives it to an ordinary user.
/// </remarks>
internal sealed unsafe class SandboxNamespaces : IDisposable
{
    const int ReadOnlyCloseOnExec = 0x80000;

    // The first process of a PID namespace reaps orphans, and each one interrupts a read. A child process therefore sends the requested
    // signals to all others and acknowledges them. Both ignore the terminal's signals.
    const string Script = """
        mount -t proc proc /proc 2>/dev/null
        trap '' INT TERM HUP
        echo
        (while read -r signal; do kill -"$signal" -1 2>/dev/null; echo; done) <&3 &
        wait $!
        """;

    readonly Lock _lock = new();
    readonly int[] _namespaces;
    readonly int _hostPids;
    readonly int _pid;
    readonly int _responses;
    int _pipe;

    SandboxNamespaces(int pid, int pipe, int responses, bool hasNetwork)
    {
        (_pid, _pipe, _responses, HasNetwork) = (pid, pipe, responses, hasNetwork);
        _hostPids = Open("/proc/self/ns/pid");
        string[] kinds = hasNetwork ? ["mnt", "pid", "net"] : ["mnt", "pid"];
        _namespaces = [.. kinds.Select(k => Open($"/proc/{pid}/ns/{k}"))];
    }

    /// <summary>Creates the namespaces and mounts.</summary>
    /// <returns>Exactly one of the two is not null. <c>Missing</c> says what could not be done.</returns>
    /// <param name="plan">The sandbox's mounts.</param>
    /// <param name="ownNetwork">True: the sandbox has only a loopback interface of its own.</param>
    public static (SandboxNamespaces? Namespaces, string? Missing) Create(MountPlan plan, bool ownNetwork)
    {
        var pipe = stackalloc int[2];
        const int closeOnExec = 0x80000;
        if (Posix.Pipe2(pipe, closeOnExec) != 0)
            return (null, "pipe2 failed");

        var request = new SpawnRequest(
            "/bin/sh", ["lambda-emulator-init", "-c", Script],
            new Dictionary<string, string> { ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin" }, "/")
        { ThirdFd = pipe[0] };
        var (pid, responses, error) = OnThread(() => Begin(plan, request, ownNetwork));
        Posix.Close(pipe[0]);
        if (error is not null)
        {
            Posix.Close(pipe[1]);
            return (null, error);
        }

        new Thread(() => Collect(pid)) { IsBackground = true, Name = "sandbox init" }.Start();
        var namespaces = new SandboxNamespaces(pid, pipe[1], responses, ownNetwork);
        namespaces.WaitForResponse();
        return (namespaces, null);
    }

    /// <summary>Runs a system call on a thread inside the sandbox; child processes started there are inside too.</summary>
    public T RunInside<T>(Func<T> call) => OnThread(() =>
    {
        if (Kernel.Unshare(Kernel.CloneFs) != 0 || _namespaces.Any(n => Kernel.SetNamespace(n, 0) != 0))
            throw new IOException($"The sandbox cannot be entered: errno {Marshal.GetLastPInvokeError()}.");

        var result = call();

        // A thread whose children are in another PID namespace cannot start threads, which the .NET runtime may need to do afterwards.
        _ = Kernel.SetNamespace(_hostPids, Kernel.CloneNewPids);
        return result;
    });

    /// <summary>True if the sandbox has its own network namespace.</summary>
    public bool HasNetwork { get; }

    /// <summary>A TCP socket in the sandbox's network: a socket stays in the network namespace in which it was created.</summary>
    public Socket NewSocket()
    {
        const int internet = 2, stream = 1, closeOnExec = 0x80000;
        var handle = RunInside(() => Kernel.Socket(internet, stream | closeOnExec, 0));
        return new Socket(new SafeSocketHandle(handle, ownsHandle: true));
    }

    /// <summary>Sends a signal to every process of the sandbox and waits until that is done.</summary>
    /// <param name="name">The signal's name without <c>SIG</c>.</param>
    public void Signal(string name)
    {
        lock (_lock)
        {
            if (_pipe < 0)
                return;

            var line = Encoding.ASCII.GetBytes(name + "\n");
            fixed (byte* bytes = line)
            {
                if (Posix.Write(_pipe, bytes, line.Length) == line.Length)
                    WaitForResponse();
            }
        }
    }

    /// <summary>Kills every process of the sandbox.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_pipe < 0)
                return;

            Posix.Kill(_pid, Posix.SigKill);
            Posix.Close(_pipe);
            Posix.Close(_responses);
            Posix.Close(_hostPids);
            foreach (var fd in _namespaces)
                Posix.Close(fd);
            _pipe = -1;
        }
    }

    static (int Pid, int Responses, string? Error) Begin(MountPlan plan, SpawnRequest request, bool ownNetwork)
    {
        var kinds = Kernel.CloneFs | Kernel.CloneNewMounts | (ownNetwork ? Kernel.CloneNewNetwork : 0);
        if (Kernel.Unshare(kinds) != 0)
            return (0, 0, $"unshare: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
        if (new RootBuilder(plan).Build() is { } missing)
            return (0, 0, missing);
        if (ownNetwork && !Loopback.BringUp())
            return (0, 0, "the loopback interface cannot be brought up");
        if (Kernel.Unshare(Kernel.CloneNewPids) != 0)
            return (0, 0, $"unshare --pid: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

        var pid = Spawner.Start(request, out var responses, out var error);
        return pid == 0 ? (0, 0, $"/bin/sh: errno {error}") : (pid, responses, null);
    }

    static T OnThread<T>(Func<T> call)
    {
        var result = default(T);
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = call();
            }
            catch (Exception e)
            {
                // Rethrown on the caller's thread; on this thread it would end the process.
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new IOException(failure.Message, failure);
    }

    static int Open(string path) => Kernel.Open(path, ReadOnlyCloseOnExec);

    static void Collect(int pid)
    {
        int status;
        _ = Posix.WaitPid(pid, &status, 0);
    }

    /// <summary>Waits for one line from the shell. Returns at the end of its output too.</summary>
    void WaitForResponse()
    {
        byte item;
        while (Posix.Read(_responses, &item, 1) == 1 && item != '\n')
        {
        }
    }
}
