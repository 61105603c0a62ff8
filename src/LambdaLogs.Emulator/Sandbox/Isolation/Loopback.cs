using System.Buffers.Binary;
using System.Text;

namespace LambdaLogs.Emulator.Sandbox.Isolation;

/// <summary>The loopback interface of a network namespace, which is initially down.</summary>
internal static unsafe class Loopback
{
    const int Internet = 2, Datagram = 2, CloseOnExec = 0x80000;
    const nuint SetFlags = 0x8914;
    const int NameBytes = 16, RequestBytes = 40;
    const ushort UpAndRunning = 0x41;

    /// <summary>Brings the interface up in the thread's network namespace.</summary>
    public static bool BringUp()
    {
        var socket = Kernel.Socket(Internet, Datagram | CloseOnExec, 0);
        if (socket < 0)
            return false;

        var request = stackalloc byte[RequestBytes];
        new Span<byte>(request, RequestBytes).Clear();
        Encoding.ASCII.GetBytes("lo", new Span<byte>(request, NameBytes));
        BinaryPrimitives.WriteUInt16LittleEndian(new Span<byte>(request + NameBytes, 2), UpAndRunning);
        var result = Kernel.Control(socket, SetFlags, request);
        Posix.Close(socket);
        return result == 0;
    }
}
