using System.Globalization;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// The share of the processor that a function's memory size buys: a control group that the sandbox's processes are put into.
/// Version 1 or 2, whichever the machine has.
/// </summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html"/></remarks>
internal sealed class ControlGroup : IDisposable
{
    /// <summary>The memory size in MB that buys one processor.</summary>
    const double MemoryOfOneProcessor = 1_769;

    const int PeriodMicroseconds = 100_000;

    ControlGroup(string directory) => Directory = directory;

    /// <summary>Its place in the file system of control groups.</summary>
    public string Directory { get; }

    /// <summary>What one processor's time is shared out by: microseconds of every 100 ms.</summary>
    public static int Quota(int memoryMb) =>
        Math.Max(1_000, (int)(PeriodMicroseconds * memoryMb / MemoryOfOneProcessor));

    /// <summary>Makes the group.</summary>
    /// <returns>Exactly one of the two is not null: the second is why there is none.</returns>
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
            return (null, $"no share of the processor: {e.Message}");
        }
    }

    /// <summary>Puts a process into it; what that starts is in it too.</summary>
    public void Add(int pid)
    {
        try
        {
            File.WriteAllText($"{Directory}/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            // It has ended already.
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
            // Something still runs in it; the kernel removes nothing then, and neither can we.
        }
    }
}
