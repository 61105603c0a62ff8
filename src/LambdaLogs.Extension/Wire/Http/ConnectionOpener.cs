using System.Text;
using LambdaLogs.Extension.Wire.Names;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Wire.Http;

/// <summary>Opens connections with one host, step by step: name, connection, tunnel, TLS. For one thread.</summary>
/// <param name="route">The way to the host.</param>
/// <param name="names">Resolves names.</param>
/// <param name="tls">How TLS is spoken. Null: it is not.</param>
internal sealed class ConnectionOpener(WireRoute route, NameResolver names, TlsContext? tls)
{
    /// <summary>
    /// How long finding and reaching the host may take. A host that swallows packets (a function in a VPC without a way out) must not hold
    /// a request for as long as a whole attempt may take.
    /// </summary>
    public static readonly TimeSpan ReachMax = TimeSpan.FromSeconds(5);

    // A proxy that refuses sends a page along, which nobody reads.
    const int TunnelBodyBytesMax = 1024;

    /// <summary>The way to the host.</summary>
    public WireRoute Route => route;

    /// <summary>What the server presented in the last handshake. Null: nothing, or a session was taken up again.</summary>
    public ServerCertificates? Server { get; private set; }

    /// <summary>Opens a connection.</summary>
    /// <param name="limit">Bounds all of it.</param>
    /// <param name="failure">Why there is none.</param>
    public IChannel? Open(WaitLimit limit, out WireFailure failure)
    {
        Server = null;
        var reach = limit.AtMost(ReachMax);
        var addresses = Resolve(reach, out failure);
        if (addresses.Count == 0 || Connect(addresses, reach, out failure) is not { } socket)
            return null;

        if (route is { Proxy: not null, IsTunnelled: true } && !TryTunnel(socket, limit, out failure))
        {
            socket.Dispose();
            return null;
        }

        return tls is null ? new PlainChannel(socket) : Secure(socket, limit, out failure);
    }

    /// <summary>Resolves the name of the first machine on the way: the proxy, or the host.</summary>
    /// <param name="limit">Bounds it.</param>
    /// <param name="failure">Why there is no address.</param>
    /// <returns>Empty: there is none.</returns>
    public IReadOnlyList<SocketAddress> Resolve(WaitLimit limit, out WireFailure failure) => route.Proxy is { } proxy
        ? names.Resolve(proxy.Host, proxy.Port, limit, out failure)
        : names.Resolve(route.Host, route.Port, limit, out failure);

    /// <summary>Connects.</summary>
    /// <param name="addresses">In the order in which to try them.</param>
    /// <param name="limit">Bounds it.</param>
    /// <param name="failure">Why there is no connection.</param>
    public static TcpSocket? Connect(IReadOnlyList<SocketAddress> addresses, WaitLimit limit, out WireFailure failure) =>
        new ConnectRace(addresses, limit).Run(out failure);

    /// <summary>
    /// Has the proxy connect with the host; RFC 9110, section 9.3.6. Credentials go along at once: a proxy that asks for them first would
    /// cost a connection each time.
    /// </summary>
    /// <param name="socket">The connection with the proxy; afterwards the one with the host.</param>
    /// <param name="limit">Bounds it.</param>
    /// <param name="failure">Why it did not.</param>
    public bool TryTunnel(TcpSocket socket, WaitLimit limit, out WireFailure failure)
    {
        var request = new StringBuilder($"CONNECT {route.Authority} HTTP/1.1\r\nHost: {route.Authority}\r\n")
            .Append($"User-Agent: {route.UserAgent}\r\n");
        if (route.Proxy!.Authorization is { } credentials)
            request.Append($"Proxy-Authorization: {credentials}\r\n");

        var response = new ResponseReader(TunnelBodyBytesMax);
        response.StartOver(hasNoBody: true);
        var head = Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
        var end = new HttpExchange(new PlainChannel(socket), head, 0, response).Run(default, limit);
        failure = end switch
        {
            // What comes behind the head would be the host's first word, and it has none before ours.
            ExchangeEnd.Responded when response.Status < 300 && !response.HasExtra => default,
            ExchangeEnd.Responded => new WireFailure(WireFault.Proxy, response.Status >= 300 ? response.Status : 0),
            ExchangeEnd.TimedOut => new WireFailure(WireFault.TimedOut),
            ExchangeEnd.Interrupted => new WireFailure(WireFault.Interrupted),
            _ => new WireFailure(WireFault.Proxy),
        };
        return failure.Fault == WireFault.None;
    }

    /// <summary>Makes the TLS handshake.</summary>
    /// <param name="socket">The connection; closed where it fails.</param>
    /// <param name="limit">Bounds it.</param>
    /// <param name="failure">Why there is no TLS.</param>
    public TlsChannel? Secure(TcpSocket socket, WaitLimit limit, out WireFailure failure)
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
