using System.Diagnostics;
using System.Globalization;

namespace LambdaLogs.EndToEnd.Limits;

/// <summary>Limits that the kernel sets to a running process, and what it says of it.</summary>
static class ProcessBounds
{
    /// <summary>Lowers a limit: <c>nofile=3</c>, <c>as=100000000</c>.</summary>
    public static void Lower(int pid, string limit)
    {
        using var process = Process.Start("prlimit", ["--pid", $"{pid}", $"--{limit}"]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Takes all descriptors that are left: one that is closed may be opened again.</summary>
    public static void TakeDescriptors(int pid)
    {
        var used = Directory.GetFiles($"/proc/{pid}/fd").Select(f => int.Parse(Path.GetFileName(f), CultureInfo.InvariantCulture)).ToHashSet();
        Lower(pid, $"nofile={Enumerable.Range(0, used.Count + 1).First(n => !used.Contains(n))}");
    }

    /// <summary>A size from <c>/proc</c>, in bytes: <c>VmSize</c>, <c>VmHWM</c>.</summary>
    public static long Size(int pid, string name) =>
        1024 * long.Parse(
            File.ReadLines($"/proc/{pid}/status").Single(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);

    /// <summary>The port that the process listens at.</summary>
    public static int ListenerPort(int pid)
    {
        const string Listening = "0A";
        return Sockets(pid).Single(s => s.State == Listening).Local;
    }

    /// <summary>The ports of those who are connected with a port of the process.</summary>
    public static IReadOnlyList<int> Peers(int pid, int port)
    {
        const string Established = "01";
        return [.. Sockets(pid).Where(s => s.State == Established && s.Local == port).Select(s => s.Remote)];
    }

    static IEnumerable<(string State, int Local, int Remote)> Sockets(int pid)
    {
        var own = Directory.GetFiles($"/proc/{pid}/fd").Select(f => new FileInfo(f).LinkTarget).ToHashSet();
        return File.ReadLines($"/proc/{pid}/net/tcp").Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(f => own.Contains($"socket:[{f[9]}]"))
            .Select(f => (f[3], Port(f[1]), Port(f[2])));
    }

    static int Port(string address) => int.Parse(address.Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
