using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// System calls, bound directly to libc. <c>System.Net.Sockets</c> would cost 2 to 3 ms and a thread before the registration
/// (docs/rationale.md, measured facts). The constants are those of Linux on x86_64 and arm64, which have the same values.
/// </summary>
internal static unsafe class LibC
{
    internal const int AddressFamilyIpv4 = 2;
    internal const int AddressFamilyIpv6 = 10;
    internal const int ClockProcessorTime = 2;
    internal const int SocketStream = 1;
    internal const int SocketNonBlocking = 0x800;
    internal const int SocketCloseOnExec = 0x80000;
    internal const int LevelSocket = 1;
    internal const int OptionReuseAddress = 2;
    internal const int LevelTcp = 6;
    internal const int OptionNoDelay = 1;
    internal const int SendNoSignal = 0x4000;
    internal const short PollIn = 1;
    internal const int ErrorInterrupted = 4;
    internal const int ErrorAgain = 11;
    internal const int ErrorAddressInUse = 98;
    internal const int OpenReadOnly = 0;
    internal const int OpenWriteOnly = 1;
    internal const int OpenCreate = 0x40;
    internal const int OpenExclusive = 0x80;
    internal const int OpenNonBlocking = 0x800;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int EventNonBlocking = 0x800;
    internal const int EventCloseOnExec = 0x80000;
    internal const int StatEmptyPath = 0x1000;
    internal const uint StatBasic = 0x7FF;

    // The only flag here that differs between the architectures.
    internal static readonly int OpenNoFollow = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>One descriptor for <see cref="poll"/>.</summary>
    internal struct PollFd
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    [DllImport("libc", SetLastError = true)]
    internal static extern int socket(int family, int type, int protocol);

    [DllImport("libc", SetLastError = true)]
    internal static extern int connect(int descriptor, byte* address, uint length);

    [DllImport("libc", SetLastError = true)]
    internal static extern int bind(int descriptor, byte* address, uint length);

    [DllImport("libc", SetLastError = true)]
    internal static extern int listen(int descriptor, int backlog);

    [DllImport("libc", SetLastError = true)]
    internal static extern int accept4(int descriptor, byte* address, uint* length, int flags);

    [DllImport("libc", SetLastError = true)]
    internal static extern int getsockname(int descriptor, byte* address, uint* length);

    [DllImport("libc", SetLastError = true)]
    internal static extern int setsockopt(int descriptor, int level, int option, void* value, uint length);

    [DllImport("libc", SetLastError = true)]
    internal static extern nint recv(int descriptor, byte* buffer, nuint length, int flags);

    [DllImport("libc", SetLastError = true)]
    internal static extern nint send(int descriptor, byte* buffer, nuint length, int flags);

    [DllImport("libc", SetLastError = true)]
    internal static extern nint write(int descriptor, byte* buffer, nuint length);

    [DllImport("libc", SetLastError = true)]
    internal static extern nint read(int descriptor, byte* buffer, nuint length);

    [DllImport("libc", SetLastError = true)]
    internal static extern int open(byte* path, int flags, int mode);

    [DllImport("libc", SetLastError = true)]
    internal static extern int unlink(byte* path);

    [DllImport("libc", SetLastError = true)]
    internal static extern int rename(byte* from, byte* to);

    [DllImport("libc", SetLastError = true)]
    internal static extern int statx(int directory, byte* path, int flags, uint mask, byte* result);

    [DllImport("libc")]
    internal static extern uint geteuid();

    [DllImport("libc", SetLastError = true)]
    internal static extern int poll(PollFd* descriptors, nuint count, int timeoutMs);

    [DllImport("libc", SetLastError = true)]
    internal static extern int eventfd(uint value, int flags);

    [DllImport("libc", SetLastError = true)]
    internal static extern int close(int descriptor);

    [DllImport("libc", SetLastError = true)]
    internal static extern int clock_gettime(int clock, long* time);

    [DllImport("libc", SetLastError = true)]
    internal static extern nint getrandom(byte* buffer, nuint length, uint flags);

    /// <summary>The errno of the last call on this thread.</summary>
    internal static int LastError => Marshal.GetLastPInvokeError();
}
