using System.Globalization;
using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The emulator's own open files, which no process of a sandbox may have.</summary>
internal static class Descriptors
{
    const int GetFlags = 1, SetFlags = 2, CloseOnExec = 1;

    /// <summary>
    /// Keeps all but the standard ones to this process. What it opens itself is kept anyway; this is for what it got from its parent.
    /// </summary>
    public static void Keep()
    {
        if (Kernel.CloseAllOnExec())
            return;

        foreach (var file in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            var fd = int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture);
            if (fd > 2 && Kernel.DescriptorControl(fd, GetFlags, 0) is >= 0 and var flags)
                _ = Kernel.DescriptorControl(fd, SetFlags, flags | CloseOnExec);
        }
    }
}
