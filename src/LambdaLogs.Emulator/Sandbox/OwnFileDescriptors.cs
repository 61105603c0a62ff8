using System.Globalization;
using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Keeps the emulator's file descriptors out of the sandbox's processes.</summary>
internal static class OwnFileDescriptors
{
    const int GetFlags = 1, SetFlags = 2, CloseOnExec = 1;

    /// <summary>
    /// Sets close-on-exec on all descriptors except the standard ones. Descriptors that .NET opens already have it; this covers those
    /// inherited from the parent process.
    /// </summary>
    public static void SetCloseOnExec()
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
