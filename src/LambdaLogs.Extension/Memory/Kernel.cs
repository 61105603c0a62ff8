using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Memory;

/// <summary>System calls for memory. The constants are those of Linux on x86_64 and arm64, which have the same values.</summary>
internal static unsafe class Kernel
{
    internal const int ReadAndWrite = 3;
    internal const int PrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;
    internal const int DontNeed = 4;
    internal const int MayMove = 1;

    // The granularity of madvise. On a system with larger pages the kernel refuses the call and the memory is kept.
    internal const int PageBytes = 4096;

    [DllImport("libc", SetLastError = true)]
    internal static extern void* mmap(void* address, nuint length, int protection, int flags, int descriptor, nint offset);

    [DllImport("libc", SetLastError = true)]
    internal static extern void* mremap(void* address, nuint length, nuint newLength, int flags);

    [DllImport("libc", SetLastError = true)]
    internal static extern int munmap(void* address, nuint length);

    [DllImport("libc", SetLastError = true)]
    internal static extern int madvise(void* address, nuint length, int advice);
}
