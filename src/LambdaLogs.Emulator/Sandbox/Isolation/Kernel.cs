using System.Runtime.InteropServices;

namespace LambdaLogs.Emulator.Sandbox.Isolation;

/// <summary>System calls for namespaces and mounts on Linux, with the numbers of x86_64 and arm64.</summary>
internal static partial class Kernel
{
    public const int CloneFs = 0x200;
    public const int CloneNewMounts = 0x20000;
    public const int CloneNewPids = 0x20000000;
    public const int CloneNewNetwork = 0x40000000;
    public const nuint BindRecursive = 0x1000 | 0x4000;
    public const nuint PrivateRecursive = 0x40000 | 0x4000;

    const int MountSetAttributes = 442;
    const int CloseRange = 436;
    const nint CurrentDirectory = -100;
    const uint AtRecursive = 0x8000;
    const int Detach = 2;

    static int PivotRootNumber => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? 41 : 155;

    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNamespace(int fd, int kind);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string? kind, nuint flags, string? data);

    [LibraryImport("libc", EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeDirectory(string path);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "prlimit64", SetLastError = true)]
    public static unsafe partial int Limit(int pid, int resource, ulong* softAndHard, ulong* before);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static unsafe partial int Control(int fd, nuint request, byte* argument);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int DescriptorControl(int fd, int command, int argument);

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int Execute(string path, byte** arguments, byte** environment);

    /// <summary>
    /// Replaces the root directory of the mount namespace and unmounts the old one. The new root must contain <c>.old</c>.
    /// </summary>
    public static unsafe bool PivotRoot(string root)
    {
        var old = Marshal.StringToCoTaskMemUTF8($"{root}/.old");
        var path = Marshal.StringToCoTaskMemUTF8(root);
        try
        {
            return Posix.Syscall(PivotRootNumber, path, old) == 0 && ChangeDirectory("/") == 0 && Unmount("/.old", Detach) == 0;
        }
        finally
        {
            Marshal.FreeCoTaskMem(old);
            Marshal.FreeCoTaskMem(path);
        }
    }

    /// <summary>Makes a mount and its submounts read-only. On kernels before 5.12 it stays writable.</summary>
    public static unsafe void MakeReadOnly(string path)
    {
        var attributes = stackalloc ulong[4];
        attributes[0] = 1;
        var name = Marshal.StringToCoTaskMemUTF8(path);
        Call(MountSetAttributes, CurrentDirectory, name, (nint)AtRecursive, (nint)attributes, 4 * sizeof(ulong));
        Marshal.FreeCoTaskMem(name);
    }

    /// <summary>Sets close-on-exec on every descriptor from 3 up. Fails on kernels before 5.11.</summary>
    public static bool CloseAllOnExec() => Call(CloseRange, 3, int.MaxValue, 4, 0, 0) == 0;

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Call(nint number, nint first, nint second, nint third, nint fourth, nint fifth);
}
