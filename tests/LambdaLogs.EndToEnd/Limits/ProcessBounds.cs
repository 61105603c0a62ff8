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

    /// <summary>A size from <c>/proc</c>, in bytes: <c>VmSize</c>, <c>VmHWM</c>.</summary>
    public static long Size(int pid, string name) =>
        1024 * long.Parse(
            File.ReadLines($"/proc/{pid}/status").Single(l => l.StartsWith(name + ":", StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal),
            CultureInfo.InvariantCulture);

    /// <summary>The port that the process listens at.</summary>
    public static int ListenerPort(int pid)
    {
        var sockets = Directory.GetFiles($"/proc/{pid}/fd").Select(f => new FileInfo(f).LinkTarget).ToHashSet();
        const string Listening = "0A";
        var own = File.ReadLines($"/proc/{pid}/net/tcp").Skip(1).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(f => f[3] == Listening && sockets.Contains($"socket:[{f[9]}]"));
        return int.Parse(own[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
