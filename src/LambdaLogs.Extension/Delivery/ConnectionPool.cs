using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using LambdaLogs.Extension.Delivery.Proxies;
using LambdaLogs.Extension.Delivery.Trust;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// The HTTP client and its open connections: one generation of them, thrown away as a whole after a thaw. Safe for calls from several
/// threads.
/// </summary>
internal sealed class ConnectionPool : IDisposable
{
    /// <summary>
    /// How long connecting may take. A connection attempt goes on when its request is given up, and the next request waits for it. A host
    /// that swallows packets (a function in a VPC without a way out) must not hold that next request for as long as a whole attempt may
    /// take.
    /// </summary>
    public static readonly TimeSpan LongestConnect = TimeSpan.FromSeconds(5);

    // Below the 60 s after which AWS load balancers close an idle connection. An endpoint that says so earlier (Keep-Alive: timeout=5) is
    // believed.
    static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(55);

    // So that a changed address of the endpoint is found by environments that are never frozen.
    static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    readonly ServerCertificateCheck _certificates;
    readonly ProxyAddress? _tunnel;
    readonly HttpMessageInvoker _client;
    int _opened;

    /// <summary>Builds the client; opens nothing.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="certificates">Decides about the endpoint's certificate; the same for all generations.</param>
    /// <param name="identity">The certificate that we present. Null: none.</param>
    public ConnectionPool(DestinationOptions options, ServerCertificateCheck certificates, SslStreamCertificateContext? identity = null)
    {
        _certificates = certificates;
        var proxy = options.Proxy;
        _tunnel = options.IsTunnelled ? proxy : null;
        _client = new HttpMessageInvoker(NewHandler(options, proxy, identity));
    }

    /// <summary>How many connections were opened so far.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Sends a request. The task ends when the head of the answer is there; its body is still to be read.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancel">Ends it at once, at whichever stage.</param>
    /// <exception cref="ObjectDisposedException">The pool was thrown away before.</exception>
    /// <exception cref="HttpRequestException">There is no answer.</exception>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancel) => _client.SendAsync(request, cancel);

    /// <summary>Closes idle connections without waiting; those in use close once their answer was read.</summary>
    public void Dispose() => _client.Dispose();

    /// <summary>How TLS is spoken.</summary>
    /// <param name="accepts">Decides about the endpoint's certificate.</param>
    /// <param name="identity">The certificate that we present. Null: none.</param>
    public static SslClientAuthenticationOptions NewTlsOptions(
        RemoteCertificateValidationCallback accepts, SslStreamCertificateContext? identity) => new()
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = ServerCertificateCheck.TrustNobody(),
            RemoteCertificateValidationCallback = accepts,
            ClientCertificateContext = identity,
        };

    SocketsHttpHandler NewHandler(DestinationOptions options, ProxyAddress? proxy, SslStreamCertificateContext? identity) => new()
    {
        // Never the framework's own look into the environment: it knows no networks, and asks without credentials first.
        UseProxy = proxy is not null && _tunnel is null,
        Proxy = proxy is null ? null : new PlainProxy(proxy),
        AllowAutoRedirect = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        ConnectCallback = ConnectAsync,
        ConnectTimeout = options.Timeout < LongestConnect ? options.Timeout : LongestConnect,
        MaxConnectionsPerServer = 2,
        PooledConnectionIdleTimeout = LongestIdle,
        PooledConnectionLifetime = LongestLife,
        SslOptions = NewTlsOptions(_certificates.Accepts, identity),

        // AnswerReader reads as much of a body as is worth it.
        MaxResponseDrainSize = 0,
        ResponseDrainTimeout = TimeSpan.Zero,
    };

    // What the handler does by itself, and counts; and the way through a proxy.
    async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var next = _tunnel is null ? context.DnsEndPoint : new DnsEndPoint(_tunnel.Host, _tunnel.Port);
            await socket.ConnectAsync(next, cancel).ConfigureAwait(false);
            Interlocked.Increment(ref _opened);
            _certificates.Forget();
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (_tunnel is not null)
                await ProxyTunnel.OpenAsync(stream, _tunnel, context.DnsEndPoint, cancel).ConfigureAwait(false);

            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
