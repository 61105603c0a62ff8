using System.Net;
using System.Net.Sockets;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Endpoints and proxies whose host is an IPv6 address.</summary>
public sealed class HttpDestinationAddressTests : IDisposable
{
    readonly Authority _root = Authority.NewRoot();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_batch_arrives_at_an_IPv6_address()
    {
        SkipWithoutIpv6();
        await using var server = ScriptedServer.Start(ScriptedServer.Answering(200), IPAddress.IPv6Loopback);
        using var destination = New($"http://[::1]:{server.Port}/logs");

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal($"[::1]:{server.Port}", (await server.NextRequestAsync()).Header("Host"));
    }

    [Theory]
    [InlineData("::1", null)]
    [InlineData("::2", "the endpoint's certificate is for another host: ::2")]
    public async Task The_certificate_of_an_IPv6_address_is_checked(string name, string? refusal)
    {
        SkipWithoutIpv6();
        using var leaf = _root.Issue(name);
        await using var server = ScriptedServer.StartTls(leaf, [], ScriptedServer.Answering(200), IPAddress.IPv6Loopback);
        using var destination = New($"https://[0:0::1]:{server.Port}/logs");

        var result = await SendAsync(destination);

        Assert.Equal((refusal is null ? Verdict.Delivered : Verdict.Retry, refusal), (result.Verdict, result.Detail));
    }

    [Fact]
    public async Task An_IPv6_address_where_nobody_listens_is_named()
    {
        SkipWithoutIpv6();
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        using var destination = New($"http://[::1]:{port}/");

        var result = await SendAsync(destination);

        Assert.Equal((FailureKind.Refused, $"[::1]:{port} refused the connection"), (result.Failure, result.Detail));
    }

    [Fact]
    public async Task An_address_without_a_route_is_reported_at_once()
    {
        // A link-local address leads nowhere as long as nothing says over which interface.
        using var destination = New("http://[fe80::1]:80/");

        var result = await SendAsync(destination);

        Assert.Equal((Verdict.Retry, FailureKind.Unreachable, "[fe80::1] cannot be reached"), (result.Verdict, result.Failure, result.Detail));
    }

    [Fact]
    public async Task A_proxy_is_asked_for_a_tunnel_to_an_IPv6_address_in_brackets()
    {
        await using var proxy = ScriptedServer.StartAnswering(403);
        using var destination = New("https://[2001:db8::1]/logs", $"http://127.0.0.1:{proxy.Port}");

        var result = await SendAsync(destination);

        Assert.Equal("CONNECT [2001:db8::1]:443 HTTP/1.1", (await proxy.NextRequestAsync()).Line);
        Assert.Equal($"the proxy 127.0.0.1:{proxy.Port} refused to connect to [2001:db8::1]: status 403", result.Detail);
    }

    [Fact]
    public async Task A_proxy_may_have_an_IPv6_address()
    {
        SkipWithoutIpv6();
        await using var proxy = ScriptedServer.Start(ScriptedServer.Answering(200), IPAddress.IPv6Loopback);
        using var destination = New("http://logs.test/in", $"http://[::1]:{proxy.Port}");

        Assert.Equal(Verdict.Delivered, (await SendAsync(destination)).Verdict);
        Assert.Equal("POST http://logs.test/in HTTP/1.1", (await proxy.NextRequestAsync()).Line);
    }

    static void SkipWithoutIpv6() => Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");

    HttpDestination New(string endpoint, string? proxy = null)
    {
        var options = new DestinationOptions { Url = endpoint, TlsCa = _root.Pem };
        if (proxy is not null)
            options = options with { Proxies = new() { Https = ("HTTPS_PROXY", proxy), Http = ("HTTP_PROXY", proxy) } };
        return new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);
    }

    static Task<SendResult> SendAsync(HttpDestination destination) =>
        destination.SendAsync("{}"u8.ToArray(), "1", Cancel).Within("the attempt to end");
}
