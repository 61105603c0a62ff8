using System.Net.Sockets;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>The way over a proxy, and what is said where it does not lead there. The endpoint's name exists for the proxy only.</summary>
public sealed class HttpDestinationProxyTests : IDisposable
{
    readonly Authority _root = Authority.NewRoot();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task An_https_endpoint_is_reached_by_a_tunnel_that_gets_the_credentials_and_nothing_of_the_requests()
    {
        using var leaf = _root.Issue("logs.test");
        await using var server = ScriptedServer.StartTls(leaf, [], ScriptedServer.Answering(200));
        await using var proxy = ScriptedServer.Start(peer => TunnelAsync(peer, server.Port));
        using var destination = New("https://logs.test/in?key=1", $"http://me:p%40ss@127.0.0.1:{proxy.Port}");

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);

        var asked = await proxy.NextRequestAsync();
        Assert.Equal("CONNECT logs.test:443 HTTP/1.1", asked.Line);
        Assert.Equal(
            [("Host", "logs.test:443"), ("Proxy-Authorization", "Basic bWU6cEBzcw=="), ("User-Agent", ProductName.UserAgent)],
            asked.Headers.Order());
        var got = await server.NextRequestAsync();
        Assert.Equal(("POST /in?key=1 HTTP/1.1", null), (got.Line, got.Header("Proxy-Authorization")));
        Assert.Equal((1, 1), (proxy.Connections, server.Connections));
    }

    [Fact]
    public async Task An_http_endpoint_is_reached_by_requests_to_the_proxy_that_carry_the_credentials_at_once()
    {
        await using var proxy = ScriptedServer.StartAnswering(200);
        using var destination = New("http://logs.test:8080/in", $"http://me:pass@127.0.0.1:{proxy.Port}");

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);

        var asked = await proxy.NextRequestAsync();
        Assert.Equal("POST http://logs.test:8080/in HTTP/1.1", asked.Line);
        Assert.Equal(("logs.test:8080", "Basic bWU6cGFzcw=="), (asked.Header("Host"), asked.Header("Proxy-Authorization")));
    }

    [Theory]
    [InlineData("https://logs.test/", 407, "the proxy {0} requires credentials (407); set HTTPS_PROXY=http://user:password@{0}")]
    [InlineData("http://logs.test/", 407, "the proxy {0} requires credentials (407); set HTTP_PROXY=http://user:password@{0}")]
    [InlineData("https://logs.test/", 403, "the proxy {0} refused to connect to logs.test: status 403")]
    [InlineData("https://logs.test:8443/", 503, "the proxy {0} refused to connect to logs.test:8443: status 503")]
    public async Task A_refusal_of_the_proxy_is_reported_as_one_and_loses_nothing(string endpoint, int status, string expected)
    {
        await using var proxy = ScriptedServer.StartAnswering(status, "<h1>no</h1>", "Proxy-Authenticate: Basic realm=\"x\"\r\n");
        using var destination = New(endpoint, $"http://127.0.0.1:{proxy.Port}");

        var result = await SendAsync(destination);

        Assert.Equal((Verdict.Retry, 0, FailureKind.Proxy), (result.Verdict, result.Status, result.Failure));
        Assert.Equal(expected.Replace("{0}", $"127.0.0.1:{proxy.Port}", StringComparison.Ordinal), result.Detail);
    }

    [Theory]
    [InlineData("https://logs.test/", "HTTPS_PROXY")]
    [InlineData("http://logs.test/", "HTTP_PROXY")]
    public async Task Credentials_that_the_proxy_does_not_take_are_reported_and_not_shown(string endpoint, string variable)
    {
        await using var proxy = ScriptedServer.StartAnswering(407, "SECRET", "Proxy-Authenticate: Basic realm=\"x\"\r\n");
        using var destination = New(endpoint, $"http://me:SECRET@127.0.0.1:{proxy.Port}");

        var result = await SendAsync(destination);

        Assert.Equal($"the proxy 127.0.0.1:{proxy.Port} rejected the credentials in {variable} (407)", result.Detail);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_reported()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        var port = ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
        using var destination = New("https://logs.test/", $"http://me:SECRET@127.0.0.1:{port}");

        var result = await SendAsync(destination);

        Assert.Equal((FailureKind.Refused, $"the proxy 127.0.0.1:{port} refused the connection"), (result.Failure, result.Detail));
    }

    [Fact]
    public async Task A_host_that_is_an_exception_is_reached_without_the_proxy()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        await using var proxy = ScriptedServer.StartAnswering(500);
        using var destination = New($"http://127.0.0.1:{server.Port}/", $"http://127.0.0.1:{proxy.Port}");

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal(0, proxy.Connections);
    }

    // As a proxy does: looks the name up in its own way, and passes bytes on.
    static async Task TunnelAsync(Peer peer, int port)
    {
        await peer.ReadRequestAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, peer.Stopped);
        await peer.WriteAsync("HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n");
        await Task.WhenAny(peer.Stream.CopyToAsync(socket.GetStream(), peer.Stopped), socket.GetStream().CopyToAsync(peer.Stream, peer.Stopped));
    }

    HttpDestination New(string endpoint, string proxy, TimeProvider? time = null)
    {
        var options = new DestinationOptions
        {
            Url = endpoint,
            TlsCa = _root.Pem,
            Proxies = new() { Https = ("HTTPS_PROXY", proxy), Http = ("HTTP_PROXY", proxy) },
        };
        return new HttpDestination(options, Some.Format(), new RetryOptions(), time ?? TimeProvider.System);
    }

    static Task<SendResult> SendAsync(HttpDestination destination) =>
        destination.SendAsync("{}"u8.ToArray(), "1", Cancel).Within("the attempt to end");
}
