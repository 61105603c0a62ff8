using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The HTTP server that Lambda sends telemetry to: one thread, which waits for all its connections at once. Any path, POST and PUT.
/// Answers 200 once a body has been handed on, also where it could not be read: another status can make the platform send the same body
/// again, without end. A peer that is slow, silent or speaks no HTTP costs only its own connection.
/// </summary>
internal sealed class Listener : IDisposable
{
    // Lambda uses one connection. The rest is room for peers that hold theirs open.
    const int ConnectionsMax = 32;
    const int StackBytes = 512 * 1024;

    readonly List<ListenerConnection> _connections = new(4);
    TcpSocket? _socket;
    SocketAddress _address;
    Thread? _thread;
    long _heard;
    volatile bool _stopping;

    /// <summary>Binds. Once it returns, connections are taken by the kernel, to be served after <see cref="Start"/>.</summary>
    /// <param name="address">The address to bind, with the port that is wanted first.</param>
    /// <param name="fallback">The address to bind where the first is in use: the same with port 0.</param>
    /// <returns>The bound port; 0 where neither can be bound.</returns>
    public int Bind(SocketAddress address, SocketAddress fallback)
    {
        _address = fallback;
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
    }

    void Stop(Thread thread)
    {
        _stopping = true;
        // A connection of our own is what wakes the thread out of its wait.
        var port = _socket!.LocalPort;
        TcpSocket.Connect(_address.IsLoopback ? _address.WithPort(port) : SocketAddress.Ipv4(0x7F000001, (ushort)port), out _)?.Dispose();
        thread.Join();
    }

    void Run(IBodyHandler handler)
    {
        Span<LibC.PollFd> waited = stackalloc LibC.PollFd[ConnectionsMax + 1];
        while (!_stopping)
        {
            var count = Wait(waited);
            // From the last to the first: a closed connection is taken out of the list.
            for (var index = count - 2; index >= 0; index--)
            {
                if (waited[index + 1].Returned != 0 && !Serve(_connections[index], handler))
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
            // is a lack of memory for a body, and that costs this connection.
            return false;
        }
    }

    unsafe int Wait(Span<LibC.PollFd> waited)
    {
        waited[0] = new LibC.PollFd { Descriptor = _socket!.Descriptor, Events = LibC.PollIn };
        for (var index = 0; index < _connections.Count; index++)
            waited[index + 1] = new LibC.PollFd { Descriptor = _connections[index].Descriptor, Events = LibC.PollIn };

        var count = _connections.Count + 1;
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
            Close(LongestSilent());
        _connections.Add(new ListenerConnection(socket) { HeardAt = ++_heard });
    }

    /// <summary>Who goes when there are too many. Not the oldest: that is most often Lambda, which keeps its one connection.</summary>
    int LongestSilent()
    {
        var silent = 0;
        for (var index = 1; index < _connections.Count; index++)
        {
            if (_connections[index].HeardAt < _connections[silent].HeardAt)
                silent = index;
        }

        return silent;
    }

    void Close(int index)
    {
        _connections[index].Dispose();
        _connections.RemoveAt(index);
    }
}
