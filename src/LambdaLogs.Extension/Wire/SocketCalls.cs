using System.Runtime.InteropServices;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// System calls for connections, bound directly to libc like <see cref="LibC"/>. The constants are those of Linux on x86_64 and arm64,
/// which have the same values.
/// </summary>
internal static unsafe class SocketCalls
{
    internal const int SocketDatagram = 2;
    internal const int BothDirections = 2;
    internal const int OptionCork = 3;
    internal const int OptionError = 4;
    internal const int OptionReceiveLowWater = 18;
    internal const short PollOut = 4;
    internal const int ReceivePeek = 2;
    internal const int ErrorNoMemory = 12;
    internal const int ErrorNoDescriptorInSystem = 23;
    internal const int ErrorNoDescriptor = 24;
    internal const int ErrorPipe = 32;
    internal const int ErrorConnectionAborted = 103;
    internal const int ErrorConnectionReset = 104;
    internal const int ErrorNoBuffer = 105;
    internal const int ErrorTimedOut = 110;
    internal const int ErrorConnectionRefused = 111;
    internal const int ErrorInProgress = 115;

    const int SignalPipe = 13;
    const nint Ignore = 1;

    /// <summary>The kernel's <c>iovec</c>.</summary>
    internal struct Vector
    {
        internal byte* Base;
        internal nuint Length;
    }

    /// <summary>The kernel's <c>msghdr</c>.</summary>
    internal struct Message
    {
        internal void* Name;
        internal uint NameLength;
        internal Vector* Vectors;
        internal nuint VectorCount;
        internal void* Control;
        internal nuint ControlLength;
        internal int Flags;
    }

    [DllImport("libc", SetLastError = true)]
    internal static extern nint sendmsg(int descriptor, Message* message, int flags);

    [DllImport("libc")]
    internal static extern int shutdown(int descriptor, int directions);

    [DllImport("libc", SetLastError = true)]
    internal static extern int getsockopt(int descriptor, int level, int option, void* value, uint* length);

    /// <summary>
    /// Ignores SIGPIPE: a write to a closed connection then returns an error instead of ending the process. OpenSSL writes to sockets
    /// itself, and cannot be told to suppress the signal.
    /// </summary>
    internal static void IgnoreBrokenPipes() => _ = signal(SignalPipe, Ignore);

    [DllImport("libc")]
    static extern nint signal(int number, nint handler);
}
