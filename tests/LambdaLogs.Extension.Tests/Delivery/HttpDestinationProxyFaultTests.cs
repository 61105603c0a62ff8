using System.Net.Sockets;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Proxies that misbehave: what is said names them, the batch is kept, and the next attempt over them delivers it.</summary>
public sealed class HttpDestinationProxyFaultTests : IDisposable
{
    readonly Authority _root = Authority.NewRoot();
    readonly ManualClock _clock = new();

    public static TheoryData<string> Tunnels => [.. ProxyCase.Tunnels.Select(item => item.What)];

    public static TheoryData<string> Forwarders => [.. ProxyCase.Forwarders.Select(item => item.What)];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Dispose();

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task A_tunnel_that_fails_loses_nothing_and_is_reported_as_the_proxy_s(string what)
    {
        var item = ProxyCase.Tunnels.Single(item => item.What == what);
        using var leaf = _root.Issue("logs.test");
        await using var server = ScriptedServer.StartTls(leaf, [], ScriptedServer.Answering(200));
        await FailsThenDeliversAsync(item, "https://logs.test/in", peer => TunnelAsync(peer, server.Port, item.Response));
        Assert.Equal("{}", (await server.NextRequestAsync()).Text);
    }

    [Theory]
    [MemberData(nameof(Forwarders))]
    public async Task A_request_that_a_proxy_does_not_forward_is_not_lost_and_is_reported_as_the_proxy_s(string what) =>
        await FailsThenDeliversAsync(
            ProxyCase.Forwarders.Single(item => item.What == what), "http://logs.test/in", ScriptedServer.Answering(200));

    async Task FailsThenDeliversAsync(ProxyCase item, string endpoint, Func<Peer, Task> good)
    {
        var isReached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var proxy = ScriptedServer.Start(async peer =>
        {
            if (peer.Number > 1 || item.Failure is FailureKind.None)
                await good(peer);
            else if (item.Hangs)
                await HangAsync(peer, item, isReached);
            else
                await item.Script(peer);
        });
        using var destination = New(endpoint, $"http://{item.Credentials}127.0.0.1:{proxy.Port}");

        var result = await SendAsync(destination, item.Hangs ? isReached.Task : null);

        if (item.Failure is not FailureKind.None)
        {
            var expected = item.Detail!.Replace("{0}", $"127.0.0.1:{proxy.Port}", StringComparison.Ordinal);
            Assert.Equal((Verdict.Retry, 0, item.Failure), (result.Verdict, result.Status, result.Failure));
            Assert.StartsWith(expected, result.Detail, StringComparison.Ordinal);
            Assert.True(item.Failure is FailureKind.Tls || expected == result.Detail, result.Detail);
            result = await SendAsync(destination, null);
        }

        Assert.Equal((Verdict.Delivered, 200), (result.Verdict, result.Status));
    }

    async Task<SendResult> SendAsync(HttpDestination destination, Task? isReached)
    {
        using var look = new InterruptSignal();
        var sending = destination.SendAsync("{}"u8.ToArray(), "1", Cancel, look);
        if (isReached is not null)
        {
            await isReached.Within("the proxy to be asked");
            _clock.Advance(TimeSpan.FromSeconds(29.999));
            Assert.False(sending.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            look.Signal();
        }

        return await sending.Within("the attempt to end");
    }

    static async Task HangAsync(Peer peer, ProxyCase item, TaskCompletionSource isReached)
    {
        await item.Script(peer);
        isReached.SetResult();
        await (item.Meanwhile?.Invoke(peer) ?? peer.HangAsync());
    }

    /// <summary>As a proxy does: looks the name up in its own way, and passes bytes on.</summary>
    static async Task TunnelAsync(Peer peer, int port, string? response)
    {
        await peer.ReadRequestAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, peer.Stopped);
        await peer.WriteAsync(response ?? "HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n");
        await Task.WhenAny(peer.Stream.CopyToAsync(socket.GetStream(), peer.Stopped), socket.GetStream().CopyToAsync(peer.Stream, peer.Stopped));
    }

    HttpDestination New(string endpoint, string proxy)
    {
        var options = new DestinationOptions
        {
            Url = endpoint,
            TlsCa = _root.Pem,
            Proxies = new() { Https = ("HTTPS_PROXY", proxy), Http = ("HTTP_PROXY", proxy) },
        };
        return new HttpDestination(options, Some.Format(), new RetryOptions(), _clock);
    }
}
