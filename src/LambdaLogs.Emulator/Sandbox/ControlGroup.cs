using System.Globalization;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>A cgroup (version 1 or 2) that limits the sandbox's processes to the CPU share of the function's memory size.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html"/></remarks>
internal sealed class ControlGroup : IDisposable
{
    /// <summary>The memory size in MB that corresponds to one CPU.</summary>
    const double MemoryMbPerCpu = 1_769;

    const int PeriodMicroseconds = 100_000;

    ControlGroup(string directory) => Directory = directory;

    /// <summary>The cgroup's directory.</summary>
    public string Directory { get; }

    /// <summary>The CPU quota in microseconds per 100 ms.</summary>
    public static int Quota(int memoryMb) =>
        Math.Max(1_000, (int)(PeriodMicroseconds * memoryMb / MemoryMbPerCpu));

    /// <summary>Creates the cgroup.</summary>
    /// <returns>Exactly one of the two is not null. <c>Missing</c> says why there is no cgroup.</returns>
    public static (ControlGroup? Group, string? Missing) Create(int memoryMb)
    {
        const string root = "/sys/fs/cgroup";
        var isUnified = File.Exists($"{root}/cgroup.controllers");
        var directory = $"{(isUnified ? root : $"{root}/cpu")}/lambda-emulator-{Guid.NewGuid():N}";
        try
        {
            System.IO.Directory.CreateDirectory(directory);
            var quota = Quota(memoryMb).ToString(CultureInfo.InvariantCulture);
            if (isUnified)
                File.WriteAllText($"{directory}/cpu.max", $"{quota} {PeriodMicroseconds}");
            else
                File.WriteAllText($"{directory}/cpu.cfs_quota_us", quota);
            return (new ControlGroup(directory), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Remove(directory);
            return (null, $"the CPU cannot be limited: {e.Message}");
        }
    }

    /// <summary>Adds a process. Its children are in the cgroup too.</summary>
    public void Add(int pid)
    {
        try
        {
            File.WriteAllText($"{Directory}/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // The process has already ended.
        }
    }

    public void Dispose() => Remove(Directory);

    static void Remove(string directory)
    {
        try
        {
            if (System.IO.Directory.Exists(directory))
                System.IO.Directory.Delete(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process is still in the cgroup, so the kernel refuses to remove it.
        }
    }
}
