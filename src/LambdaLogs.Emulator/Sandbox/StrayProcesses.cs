using System.Globalization;
using System.Text;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Finds processes that left their process group, for a sandbox without its own PID namespace.</summary>
internal static class StrayProcesses
{
    /// <summary>Kills every process that was started with this environment variable.</summary>
    /// <param name="variable"><c>NAME=value</c>, unique to the sandbox.</param>
    public static void Kill(string variable)
    {
        var marker = Encoding.UTF8.GetBytes(variable + "\0");
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) && pid != Environment.ProcessId
                && Environ(directory).AsSpan().IndexOf(marker) >= 0)
            {
                Posix.Kill(pid, Posix.SigKill);
            }
        }
    }

    static byte[] Environ(string directory)
    {
        try
        {
            return File.ReadAllBytes($"{directory}/environ");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended, or belongs to another user.
            return [];
        }
    }
}
