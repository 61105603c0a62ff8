using System.Buffers.Binary;

namespace LambdaLogs.Extension.Wire;

/// <summary>A TCP socket over direct system calls. Not thread-safe. Errors are returned as errno, never thrown.</summary>
internal sealed unsafe class TcpSocket : IDisposable
{
    int _descriptor;

    TcpSocket(int descriptor) => _descriptor = descriptor;

    /// <summary>The descriptor, for <c>poll</c>.</summary>
    public int Descriptor => _descriptor;

    /// <summary>Opens a blocking connection.</summary>
    /// <returns>The connection, or null with <paramref name="error"/> the errno.</returns>
    public static TcpSocket? Connect(SocketAddress address, out int error)
    {
        var descriptor = LibC.socket(address.Family, LibC.SocketStream | LibC.SocketCloseOnExec, 0);
        error = descriptor < 0 ? LibC.LastError : 0;
        if (descriptor < 0)
            return null;

        var socket = new TcpSocket(descriptor);
        fixed (byte* bytes = address.Bytes)
        {
            if (LibC.connect(descriptor, bytes, (uint)address.Bytes.Length) == 0)
            {
                socket.SendAtOnce();
                return socket;
            }
        }

        error = LibC.LastError;
        socket.Dispose();
        return null;
    }

    /// <summary>Starts to connect, without waiting.</summary>
    /// <returns>The connection, which is established when it becomes writable; or null with <paramref name="error"/> the errno.</returns>
    public static TcpSocket? Begin(SocketAddress address, out int error)
    {
        var type = LibC.SocketStream | LibC.SocketCloseOnExec | LibC.SocketNonBlocking;
        var descriptor = LibC.socket(address.Family, type, 0);
        error = descriptor < 0 ? LibC.LastError : 0;
        if (descriptor < 0)
            return null;

        var socket = new TcpSocket(descriptor);
        fixed (byte* bytes = address.Bytes)
        {
            if (LibC.connect(descriptor, bytes, (uint)address.Bytes.Length) == 0 || LibC.LastError == SocketCalls.ErrorInProgress)
            {
                socket.SendAtOnce();
                return socket;
            }
        }

        error = LibC.LastError;
        socket.Dispose();
        return null;
    }

    /// <summary>Returns the result of connecting, after the socket has become writable.</summary>
    /// <returns>0: connected. Otherwise the errno.</returns>
    public int ConnectError()
    {
        var error = 0;
        var length = (uint)sizeof(int);
        var result = SocketCalls.getsockopt(_descriptor, LibC.LevelSocket, SocketCalls.OptionError, &error, &length);
        return result == 0 ? error : LibC.LastError;
    }

    /// <summary>Sends as much of two buffers as possible without blocking, in one call.</summary>
    /// <returns>The count, or minus errno.</returns>
    public int TrySend(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        fixed (byte* one = first, two = second)
        {
            var pieces = stackalloc SocketCalls.Vector[2];
            pieces[0] = new SocketCalls.Vector { Base = one, Length = (nuint)first.Length };
            pieces[1] = new SocketCalls.Vector { Base = two, Length = (nuint)second.Length };
            var message = new SocketCalls.Message { Vectors = pieces, VectorCount = 2 };
            while (true)
            {
                var count = SocketCalls.sendmsg(_descriptor, &message, LibC.SendNoSignal);
                if (count >= 0)
                    return (int)count;

                var error = LibC.LastError;
                if (error != LibC.ErrorInterrupted)
                    return -error;
            }
        }
    }

    /// <summary>Binds and listens. <see cref="Accept"/> does not block.</summary>
    /// <returns>The listening socket, or null with <paramref name="error"/> the errno.</returns>
    public static TcpSocket? Listen(SocketAddress address, out int error)
    {
        const int Backlog = 16;
        var descriptor = LibC.socket(address.Family, LibC.SocketStream | LibC.SocketCloseOnExec | LibC.SocketNonBlocking, 0);
        error = descriptor < 0 ? LibC.LastError : 0;
        if (descriptor < 0)
            return null;

        var socket = new TcpSocket(descriptor);
        // After a reset of the environment the port of the previous process may still be in TIME_WAIT.
        socket.SetOption(LibC.LevelSocket, LibC.OptionReuseAddress);
        fixed (byte* bytes = address.Bytes)
        {
            if (LibC.bind(descriptor, bytes, (uint)address.Bytes.Length) == 0 && LibC.listen(descriptor, Backlog) == 0)
                return socket;
        }

        error = LibC.LastError;
        socket.Dispose();
        return null;
    }

    /// <summary>The port it is bound to.</summary>
    public int LocalPort
    {
        get
        {
            Span<byte> bytes = stackalloc byte[28];
            var length = (uint)bytes.Length;
            fixed (byte* pointer = bytes)
                _ = LibC.getsockname(_descriptor, pointer, &length);
            return BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        }
    }

    /// <summary>Accepts a waiting connection, which is non-blocking.</summary>
    /// <returns>Null if none waits.</returns>
    public TcpSocket? Accept()
    {
        var descriptor = LibC.accept4(_descriptor, null, null, LibC.SocketCloseOnExec | LibC.SocketNonBlocking);
        if (descriptor < 0)
            return null;

        var socket = new TcpSocket(descriptor);
        socket.SendAtOnce();
        return socket;
    }

    /// <summary>Receives the available bytes, at least one on a blocking socket.</summary>
    /// <returns>
    /// The count; 0 at the end of the stream; negative errno on error (<see cref="LibC.ErrorAgain"/>: nothing available).
    /// </returns>
    public int Receive(Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            while (true)
            {
                var count = LibC.recv(_descriptor, bytes, (nuint)buffer.Length, 0);
                if (count >= 0)
                    return (int)count;

                var error = LibC.LastError;
                if (error != LibC.ErrorInterrupted)
                    return -error;
            }
        }
    }

    /// <summary>Sends all bytes. On a non-blocking socket a full send buffer is an error: our responses are only a few bytes.</summary>
    /// <returns>False if the connection is broken.</returns>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = 0;
            while (sent < bytes.Length)
            {
                var count = LibC.send(_descriptor, start + sent, (nuint)(bytes.Length - sent), LibC.SendNoSignal);
                if (count < 0 && LibC.LastError != LibC.ErrorInterrupted)
                    return false;

                sent += count > 0 ? (int)count : 0;
            }
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor < 0)
            return;

        _ = LibC.close(_descriptor);
        _descriptor = -1;
    }

    /// <summary>
    /// Sets from how many waiting bytes on <c>poll</c> reports the socket as readable. The end of the stream is reported in any case, and
    /// so is a receive buffer that holds no more.
    /// </summary>
    /// <param name="bytes">The number. The kernel enlarges the receive buffer to hold so many.</param>
    public void ReportReadableFrom(int bytes) => SetOption(LibC.LevelSocket, SocketCalls.OptionReceiveLowWater, bytes);

    /// <summary>Ends both directions: what follows is read as the end of the stream. The descriptor stays open.</summary>
    public void ShutDown() => _ = SocketCalls.shutdown(_descriptor, SocketCalls.BothDirections);

    /// <summary>
    /// Holds sent bytes back, so that they leave in one packet with those that follow. For a moment: the kernel waits 200 ms at most.
    /// </summary>
    /// <param name="holds">False: sends what was held back.</param>
    public void HoldBack(bool holds) => SetOption(LibC.LevelTcp, SocketCalls.OptionCork, holds ? 1 : 0);

    void SendAtOnce() => SetOption(LibC.LevelTcp, LibC.OptionNoDelay);

    void SetOption(int level, int option, int value = 1) => _ = LibC.setsockopt(_descriptor, level, option, &value, sizeof(int));
}
