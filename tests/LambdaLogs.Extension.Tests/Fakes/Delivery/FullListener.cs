using System.Net;
using System.Net.Sockets;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>A port whose queue of new connections is full: another one is neither taken nor refused, it hangs.</summary>
internal sealed class FullListener : IDisposable
{
    readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    readonly List<Socket> _filling = [];

    public FullListener()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        for (var place = 0; place < 4; place++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _filling.Add(socket);
            try
            {
                socket.Connect(_listener.LocalEndPoint!);
            }
            catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It takes a place, or waits for one, without being waited for.
            }
        }
    }

    /// <summary>Where connections hang.</summary>
    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}/");

    public void Dispose()
    {
        _filling.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }
}
