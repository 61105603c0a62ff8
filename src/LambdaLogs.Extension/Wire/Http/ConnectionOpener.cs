using System.Text;
using LambdaLogs.Extension.Wire.Names;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Wire.Http;

/// <summary>Opens connections to one host in steps: name resolution, connection, proxy tunnel, TLS. For one thread.</summary>
/// <param name="route">The host and the proxy.</param>
/// <param name="names">Resolves names.</param>
/// <param name="tls">The TLS context. Null: no TLS.</param>
internal sealed class ConnectionOpener(WireRoute route, NameResolver names, TlsContext? tls)
{
    /// <summary>
    /// Time limit for name resolution and connecting. A host that drops packets (a function in a VPC without a route) must not hold a
    /// request for the whole attempt.
    /// </summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // A proxy that refuses sends an error page, which is not needed.
    const int TunnelBodyBytesMax = 1024;

    /// <summary>The host and the proxy.</summary>
    public WireRoute Route => route;

    /// <summary>The server's certificates from the last handshake. Null: none, or a session was resumed.</summary>
    public ServerCertificates? Server { get; private set; }

    /// <summary>Opens a connection.</summary>
    /// <param name="limit">Limits the whole operation.</param>
    /// <param name="failure">Why there is none.</param>
    public IChannel? Open(WaitLimit limit, out WireFailure failure)
    {
        Server = null;
        var reach = limit.AtMost(ConnectTimeout);
        var addresses = Resolve(reach, out failure);
        if (addresses.Count == 0)
            return null;

        if (Connect(addresses, reach, out failure) is not { } socket)
        {
            // A connection that ends before it is used was one to the proxy.
            if (failure.Fault == WireFault.Closed && route is { Proxy: not null, IsTunnelled: true })
                failure = new WireFailure(WireFault.Proxy, Cause: WireFault.Closed);
            return null;
        }

        if (route is { Proxy: not null, IsTunnelled: true } && !TryTunnel(socket, limit, out failure))
        {
            socket.Dispose();
            return null;
        }

        return tls is null ? new PlainChannel(socket) : Handshake(socket, limit, out failure);
    }

    /// <summary>Resolves the name of the proxy, or of the host if there is no proxy.</summary>
    /// <param name="limit">Limits the wait.</param>
    /// <param name="failure">Why there is no address.</param>
    /// <returns>Empty: there is none.</returns>
    public IReadOnlyList<SocketAddress> Resolve(WaitLimit limit, out WireFailure failure) => route.Proxy is { } proxy
        ? names.Resolve(proxy.Host, proxy.Port, limit, out failure)
        : names.Resolve(route.Host, route.Port, limit, out failure);

    /// <summary>Connects.</summary>
    /// <param name="addresses">In the order in which to try them.</param>
    /// <param name="limit">Limits the wait.</param>
    /// <param name="failure">Why there is no connection.</param>
    public static TcpSocket? Connect(IReadOnlyList<SocketAddress> addresses, WaitLimit limit, out WireFailure failure) =>
        new ConnectRace(addresses, limit).Run(out failure);

    /// <summary>
    /// Asks the proxy for a tunnel to the host; RFC 9110, section 9.3.6. Credentials are sent immediately: a proxy that has to ask for
    /// them would cost a connection each time.
    /// </summary>
    /// <param name="socket">The connection to the proxy; afterwards the tunnel to the host.</param>
    /// <param name="limit">Limits the wait.</param>
    /// <param name="failure">Why the proxy refused.</param>
    public bool TryTunnel(TcpSocket socket, WaitLimit limit, out WireFailure failure)
    {
        var request = new StringBuilder($"CONNECT {route.Authority} HTTP/1.1\r\nHost: {route.Authority}\r\n")
            .Append($"User-Agent: {route.UserAgent}\r\n");
        if (route.Proxy!.Authorization is { } credentials)
            request.Append($"Proxy-Authorization: {credentials}\r\n");

        var response = new ResponseReader(TunnelBodyBytesMax);
        response.Reset(hasNoBody: true);
        var head = Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
        var end = new HttpExchange(new PlainChannel(socket), head, 0, response).Run(default, limit);
        failure = end switch
        {
            // Bytes after the head would come from the host, which does not speak first.
            ExchangeEnd.Responded when response.Status < 300 && !response.HasExtraBytes => default,
            ExchangeEnd.TimedOut => new WireFailure(WireFault.TimedOut),
            ExchangeEnd.Interrupted => new WireFailure(WireFault.Interrupted),
            _ when response.Status >= 300 => new WireFailure(WireFault.Proxy, response.Status),
            ExchangeEnd.Responded => new WireFailure(WireFault.Proxy, Cause: WireFault.ExtraBytes),
            ExchangeEnd.HeadTooLarge => new WireFailure(WireFault.Proxy, Cause: WireFault.HeadTooLarge),
            ExchangeEnd.Closed => new WireFailure(WireFault.Proxy, Cause: WireFault.Closed),
            _ => new WireFailure(WireFault.Proxy, Cause: WireFault.NotHttp),
        };
        return failure.Fault == WireFault.None;
    }

    /// <summary>Makes the TLS handshake.</summary>
    /// <param name="socket">The connection; closed on failure.</param>
    /// <param name="limit">Limits the wait.</param>
    /// <param name="failure">Why the handshake failed.</param>
    public TlsChannel? Handshake(TcpSocket socket, WaitLimit limit, out WireFailure failure)
    {
        var channel = tls!.Open(socket);
        var isOpen = channel.TryHandshake(limit, out failure);
        Server = channel.Server;
        if (isOpen)
            return channel;

        channel.Dispose();
        return null;
    }
}
