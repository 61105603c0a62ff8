using System.Globalization;
using System.Text;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Processes of a sandbox that left their process group, for a sandbox without a PID namespace of its own.</summary>
internal static class Strays
{
    /// <summary>Kills every process that has this variable in the environment it was started with.</summary>
    /// <param name="variable"><c>NAME=value</c>, of which no other sandbox has the same.</param>
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
            // It ended meanwhile, or is somebody else's.
            return [];
        }
    }
}
