namespace LambdaLogs.EndToEnd.Limits;

/// <summary>A control group with one limit, for one process. Version 1 or 2, whichever the machine has.</summary>
sealed class KernelGroup : IDisposable
{
    readonly string _directory;

    KernelGroup(string directory) => _directory = directory;

    /// <summary>Bytes that may be resident. Null where no group may be made.</summary>
    public static KernelGroup? Memory(long bytes) => Create("memory", "memory.limit_in_bytes", "memory.max", $"{bytes}");

    /// <summary>No process and no thread more.</summary>
    public static KernelGroup? NoThreads() => Create("pids", "pids.max", "pids.max", "0");

    public void Add(int pid) => File.WriteAllText(Path.Combine(_directory, "cgroup.procs"), $"{pid}");

    /// <summary>The kernel removes it once the last process is gone.</summary>
    public void Dispose() => SpinWait.SpinUntil(() => TryRemove(_directory), TimeSpan.FromSeconds(5));

    static KernelGroup? Create(string controller, string first, string second, string limit)
    {
        const string Root = "/sys/fs/cgroup";
        var isUnified = File.Exists($"{Root}/cgroup.controllers");
        var directory = Path.Combine(isUnified ? Root : $"{Root}/{controller}", $"logs-test-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllText(Path.Combine(directory, isUnified ? second : first), limit);
            return new KernelGroup(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryRemove(directory);
            return null;
        }
    }

    static bool TryRemove(string directory)
    {
        try
        {
            if (Directory.Exists(directory))
                Directory.Delete(directory);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
