using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The HTTP server that receives telemetry: one thread that polls all connections. Accepts any path, POST and PUT. Responds with 200 after
/// a body was processed, even if it could not be parsed: after another status the platform may send it again without end. A slow, silent
/// or non-HTTP peer costs only its own connection.
/// </summary>
internal sealed class Listener : IDisposable
{
    // Lambda uses one connection. The others are for peers that keep theirs open.
    const int ConnectionsMax = 32;
    const int StackBytes = 512 * 1024;

    // The first two polled descriptors are the listening socket and the stop signal.
    const int FirstConnection = 2;

    /// <summary>
    /// For all connections together: two largest bodies for peers that have delivered whole ones, and two for all others. Two, because a
    /// body may be chunked.
    /// </summary>
    public const long BodiesBytesMax = 4L * IBodyHandler.BodyBytesMax;

    /// <summary>Largest memory for received data, including the first buffers of all connections.</summary>
    public const long BytesMax = BodiesBytesMax + (ConnectionsMax * ListenerConnection.FirstBytes);

    readonly List<ListenerConnection> _connections = new(4);
    readonly BodyMemoryLimit _bodies = new(BodiesBytesMax);
    readonly InterruptSignal _stop = new();
    readonly ReservedDescriptor _reserved = new();
    TcpSocket? _socket;
    Thread? _thread;
    long _heard;
    volatile bool _stopping;

    /// <summary>Memory of the bodies of all connections, without the first 32 KB of each.</summary>
    public long BodyBytes => _bodies.Bytes;

    /// <summary>Binds. Afterwards the kernel accepts connections, which are served after <see cref="Start"/>.</summary>
    /// <param name="address">The address to bind, with the preferred port.</param>
    /// <param name="fallback">The address to bind if the port is in use: the same with port 0.</param>
    /// <returns>The bound port; 0 if binding failed.</returns>
    public int Bind(SocketAddress address, SocketAddress fallback)
    {
        _socket = TcpSocket.Listen(address, out _) ?? TcpSocket.Listen(fallback, out _);
        return _socket?.LocalPort ?? 0;
    }

    /// <summary>Starts to serve.</summary>
    /// <param name="handler">Receives the bodies, on the listener's thread.</param>
    public void Start(IBodyHandler handler)
    {
        _thread = new Thread(() => Run(handler), StackBytes) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Stops the thread and closes every connection. Not needed before the process ends.</summary>
    public void Dispose()
    {
        if (_thread is not null)
            Stop(_thread);
        _thread = null;
        _socket?.Dispose();
        _stop.Dispose();
        _reserved.Dispose();
    }

    void Stop(Thread thread)
    {
        _stopping = true;
        _stop.Signal();
        thread.Join();
    }

    void Run(IBodyHandler handler)
    {
        Span<LibC.PollFd> waited = stackalloc LibC.PollFd[ConnectionsMax + FirstConnection];
        while (!_stopping)
        {
            var count = Wait(waited);
            // Backwards, because closed connections are removed from the list.
            for (var index = count - 1 - FirstConnection; index >= 0; index--)
            {
                if (waited[index + FirstConnection].Returned != 0 && !Serve(_connections[index], handler))
                    Close(index);
            }

            if (waited[0].Returned != 0)
                Accept();
        }

        while (_connections.Count > 0)
            Close(0);
    }

    bool Serve(ListenerConnection connection, IBodyHandler handler)
    {
        connection.LastHeard = ++_heard;
        try
        {
            return connection.Receive(handler);
        }
        catch (Exception)
        {
            // An unhandled exception on this thread would end the process and fail the function. The handler logs its own errors, so this
            // happens only if there is no memory for a body. It costs this connection.
            return false;
        }
    }

    unsafe int Wait(Span<LibC.PollFd> waited)
    {
        waited[0] = new LibC.PollFd { Descriptor = _socket!.Descriptor, Events = LibC.PollIn };
        waited[1] = new LibC.PollFd { Descriptor = _stop.Descriptor, Events = LibC.PollIn };
        for (var index = 0; index < _connections.Count; index++)
            waited[index + FirstConnection] = new LibC.PollFd { Descriptor = _connections[index].Descriptor, Events = LibC.PollIn };

        var count = _connections.Count + FirstConnection;
        fixed (LibC.PollFd* pointer = waited)
            _ = LibC.poll(pointer, (nuint)count, -1);
        return count;
    }

    unsafe void Accept()
    {
        if (AcceptSocket() is not { } socket)
        {
            // The connection is gone; or the environment has no descriptor left, not even the reserved one, and the same connection is
            // offered again immediately. Without a pause this would use up the function's processor time.
            const int PauseMs = 20;
            _ = LibC.poll(null, 0, PauseMs);
            return;
        }

        if (_connections.Count == ConnectionsMax)
            Close(LeastUsefulConnection());
        _connections.Add(new ListenerConnection(socket, _bodies) { LastHeard = ++_heard });
    }

    /// <summary>
    /// Accepts, with the reserved descriptor if the function has used up the environment's: Lambda needs only one connection, but may open
    /// it after that.
    /// </summary>
    TcpSocket? AcceptSocket()
    {
        var socket = _socket!.Accept();
        if (socket is null && _reserved.Release())
            socket = _socket.Accept();
        _reserved.Renew();
        return socket;
    }

    /// <summary>
    /// Chooses the connection to close when there are too many: the one that delivered least, and of those the one that was silent
    /// longest. It is never Lambda's, which delivers everything over one connection.
    /// </summary>
    int LeastUsefulConnection()
    {
        var least = 0;
        for (var index = 1; index < _connections.Count; index++)
        {
            var (one, other) = (_connections[index], _connections[least]);
            if (one.Delivered < other.Delivered || (one.Delivered == other.Delivered && one.LastHeard < other.LastHeard))
                least = index;
        }

        return least;
    }

    void Close(int index)
    {
        _connections[index].Dispose();
        _connections.RemoveAt(index);
        _reserved.Renew();
    }
}
