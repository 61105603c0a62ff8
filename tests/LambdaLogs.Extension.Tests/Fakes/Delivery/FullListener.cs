using System.Net;
using System.Net.Sockets;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>A port whose queue of new connections is full: another one is neither taken nor refused, it hangs.</summary>
internal sealed class FullListener : IDisposable
{
    readonly Socket _listener;
    readonly List<Socket> _filling = [];

    /// <summary>Fills the queue.</summary>
    /// <param name="address">Where it listens. Null: the loopback address.</param>
    public FullListener(IPAddress? address = null)
    {
        address ??= IPAddress.Loopback;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(0);
        for (var place = 0; place < 4; place++)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
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
    public Uri Endpoint => new($"http://{_listener.LocalEndPoint}/");

    public void Dispose()
    {
        _filling.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }
}
