using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>
/// A TCP server on the loopback address that does with each connection what a script says, byte by byte; over TLS where it has a
/// certificate.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    readonly Socket _listener;
    readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    readonly Channel<ReceivedRequest> _requests = Channel.CreateUnbounded<ReceivedRequest>();
    readonly Channel<int> _accepted = Channel.CreateUnbounded<int>();
    readonly Func<Peer, Task> _script;
    readonly SslServerAuthenticationOptions? _tls;
    readonly Task _accepting;
    int _connections;
    int _open;

    ScriptedServer(Func<Peer, Task> script, SslServerAuthenticationOptions? tls, IPAddress? address = null)
    {
        _script = script;
        _tls = tls;
        address ??= IPAddress.Loopback;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(address, 0));
        _listener.Listen(128);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Its URL, with the address as host.</summary>
    public Uri Endpoint => new($"{(_tls is null ? "http" : "https")}://{_listener.LocalEndPoint}/logs");

    /// <summary>Connections it took so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections whose script has not ended.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Ends when the server is stopped.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Starts a server.</summary>
    /// <param name="script">What it does with each connection.</param>
    /// <param name="address">Where it listens. Null: the loopback address.</param>
    public static ScriptedServer Start(Func<Peer, Task> script, IPAddress? address = null) => new(script, null, address);

    /// <summary>Starts a TLS server.</summary>
    /// <param name="leaf">Its certificate, with the key.</param>
    /// <param name="others">Certificates that it sends along.</param>
    /// <param name="script">What it does after the handshake.</param>
    /// <param name="address">Where it listens. Null: the loopback address.</param>
    public static ScriptedServer StartTls(
        X509Certificate2 leaf, X509Certificate2Collection others, Func<Peer, Task> script, IPAddress? address = null) =>
        new(script, new() { ServerCertificateContext = SslStreamCertificateContext.Create(leaf, others, offline: true) }, address);

    /// <summary>Starts a TLS server.</summary>
    /// <param name="tls">How it deals with clients.</param>
    /// <param name="script">What it does after the handshake.</param>
    public static ScriptedServer StartTls(SslServerAuthenticationOptions tls, Func<Peer, Task> script) => new(script, tls);

    /// <summary>Starts a server that reads every request and responds to each with the same status.</summary>
    public static ScriptedServer StartAnswering(int status, string body = "", string headers = "") =>
        Start(Answering(status, body, headers));

    /// <summary>A script that reads every request and responds to each with the same status.</summary>
    public static Func<Peer, Task> Answering(int status, string body = "", string headers = "") => async peer =>
    {
        while (await peer.ReadRequestAsync() is not null)
            await peer.RespondAsync(status, body, headers);
    };

    /// <summary>The next request that came whole; in time, or the test fails.</summary>
    public async Task<ReceivedRequest> NextRequestAsync() => await _requests.Reader.ReadAsync(_stop.Token).AsTask().Within("a request");

    /// <summary>Waits for the next connection; in time, or the test fails.</summary>
    public async Task<int> NextConnectionAsync() => await _accepted.Reader.ReadAsync(_stop.Token).AsTask().Within("a connection");

    /// <summary>Puts a request on the list.</summary>
    public void Received(ReceivedRequest request) => _requests.Writer.TryWrite(request);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting.Within("the server to end");
        _stop.Dispose();
    }

    async Task AcceptAsync()
    {
        var running = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync(_stop.Token);
                running.Add(ServeAsync(socket, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(running);
        }
    }

    async Task ServeAsync(Socket socket, int number)
    {
        Interlocked.Increment(ref _open);
        _accepted.Writer.TryWrite(number);
        try
        {
            await using var stream = await OpenAsync(socket);
            await _script(new Peer(this, socket, stream, number));
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or SocketException or ObjectDisposedException
            or AuthenticationException)
        {
            // The other side went away, or the test is over.
        }
        finally
        {
            socket.Dispose();
            Interlocked.Decrement(ref _open);
        }
    }

    async Task<Stream> OpenAsync(Socket socket)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (_tls is null)
            return plain;

        var tls = new SslStream(plain);
        await tls.AuthenticateAsServerAsync(_tls, _stop.Token);
        return tls;
    }
}
