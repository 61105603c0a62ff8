using System.Text;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Kills the sandbox's processes even if the emulator is killed: a small shell reads process group ids from a pipe and kills those groups
/// when the pipe is closed.
/// </summary>
internal sealed unsafe class OrphanKiller : IDisposable
{
    // The shell ignores the terminal's signals because it must end last.
    const string Script = "trap '' INT TERM HUP; while read -r line; do groups=$line; done <&3; [ -z \"$groups\" ] || kill -KILL $groups";

    readonly Lock _lock = new();
    readonly HashSet<int> _groups = [];
    int _pipe = -1;

    /// <summary>Starts the shell. If that fails, processes are only killed by disposing the sandbox.</summary>
    public void Start()
    {
        var pipe = stackalloc int[2];
        const int closeOnExec = 0x80000;
        if (Posix.Pipe2(pipe, closeOnExec) != 0)
            return;

        var request = new SpawnRequest("/bin/sh", ["lambda-emulator-cleanup", "-c", Script], Environment(), "/") { ThirdFd = pipe[0] };
        var pid = Spawner.Start(request, out var output, out _);
        Posix.Close(pipe[0]);
        if (pid == 0)
        {
            Posix.Close(pipe[1]);
            return;
        }

        Posix.Close(output);
        _pipe = pipe[1];
        new Thread(() => Collect(pid)) { IsBackground = true, Name = "sandbox cleanup" }.Start();
    }

    public void Add(int group) => Change(g => g.Add(group));

    public void Remove(int group) => Change(g => g.Remove(group));

    public void Dispose()
    {
        Change(g => g.Clear());
        lock (_lock)
        {
            if (_pipe >= 0)
                Posix.Close(_pipe);
            _pipe = -1;
        }
    }

    static Dictionary<string, string> Environment() => new() { ["PATH"] = "/usr/bin:/bin" };

    static void Collect(int pid)
    {
        int status;
        _ = Posix.WaitPid(pid, &status, 0);
    }

    void Change(Action<HashSet<int>> change)
    {
        lock (_lock)
        {
            change(_groups);
            if (_pipe < 0)
                return;

            var line = Encoding.ASCII.GetBytes(string.Join(' ', _groups.Select(g => $"-{g}")) + "\n");
            fixed (byte* bytes = line)
                _ = Posix.Write(_pipe, bytes, line.Length);
        }
    }
}
