using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The HTTP server that Lambda sends telemetry to: one thread, which waits for all its connections at once. Any path, POST and PUT.
/// Responds with 200 once a body has been handed on, also where it could not be read: another status can make the platform send it
/// again, without end. A peer that is slow, silent or speaks no HTTP costs only its own connection.
/// </summary>
internal sealed class Listener : IDisposable
{
    // Lambda uses one connection. The rest is room for peers that hold theirs open.
    const int ConnectionsMax = 32;
    const int StackBytes = 512 * 1024;

    // Before the connections: the socket that takes them, and the signal to stop.
    const int FirstConnection = 2;

    // Of all connections together: one body of the largest size, doubled as it came in chunks; and as much for those that nobody knows.
    public const long BodiesBytesMax = 4L * IBodyHandler.BodyBytesMax;

    /// <summary>All that the listener takes for what peers send, the first buffers of all connections included.</summary>
    public const long BytesMax = BodiesBytesMax + (ConnectionsMax * ListenerConnection.FirstBytes);

    readonly List<ListenerConnection> _connections = new(4);
    readonly BodyBound _bodies = new(BodiesBytesMax);
    readonly InterruptSignal _stop = new();
    TcpSocket? _socket;
    Thread? _thread;
    long _heard;
    volatile bool _stopping;

    /// <summary>What the bodies of all connections take at the moment, but for the first 32 KB of each.</summary>
    public long BodyBytes => _bodies.Bytes;

    /// <summary>Binds. Once it returns, connections are taken by the kernel, to be served after <see cref="Start"/>.</summary>
    /// <param name="address">The address to bind, with the port that is wanted first.</param>
    /// <param name="fallback">The address to bind where the first is in use: the same with port 0.</param>
    /// <returns>The bound port; 0 where neither can be bound.</returns>
    public int Bind(SocketAddress address, SocketAddress fallback)
    {
        _socket = TcpSocket.Listen(address, out _) ?? TcpSocket.Listen(fallback, out _);
        return _socket?.LocalPort ?? 0;
    }

    /// <summary>Starts to serve what <see cref="Bind"/> has bound.</summary>
    /// <param name="handler">Takes the bodies. Called on the listener's thread.</param>
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
            // From the last to the first: a closed connection is taken out of the list.
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
        connection.HeardAt = ++_heard;
        try
        {
            return connection.Receive(handler);
        }
        catch (Exception)
        {
            // An exception on this thread would end the process, and with it the function. The handler tells its own faults; what is left
            // is that there is no memory for a body, and that costs this connection.
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
        if (_socket!.Accept() is not { } socket)
        {
            // Gone again; or the function has used up the sandbox's descriptors: then the same connection is offered again at once, and
            // asking without a pause would burn the function's processor time.
            const int PauseMs = 20;
            _ = LibC.poll(null, 0, PauseMs);
            return;
        }

        if (_connections.Count == ConnectionsMax)
            Close(LeastUseful());
        _connections.Add(new ListenerConnection(socket, _bodies) { HeardAt = ++_heard });
    }

    /// <summary>
    /// Who goes when there are too many: who has brought least, and of those who was silent longest. Never Lambda, which keeps its one
    /// connection and brings everything over it.
    /// </summary>
    int LeastUseful()
    {
        var least = 0;
        for (var index = 1; index < _connections.Count; index++)
        {
            var (one, other) = (_connections[index], _connections[least]);
            if (one.Delivered < other.Delivered || (one.Delivered == other.Delivered && one.HeardAt < other.HeardAt))
                least = index;
        }

        return least;
    }

    void Close(int index)
    {
        _connections[index].Dispose();
        _connections.RemoveAt(index);
    }
}
