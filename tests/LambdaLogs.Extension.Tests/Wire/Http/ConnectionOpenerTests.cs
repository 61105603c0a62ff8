using System.Net;
using System.Net.Sockets;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;
using LambdaLogs.Extension.Wire.Names;
using SocketAddress = LambdaLogs.Extension.Wire.SocketAddress;

namespace LambdaLogs.Extension.Tests.Wire.Http;

/// <summary>From a name to a connection: which of several addresses is used, and how long one that leads nowhere can take.</summary>
public sealed class ConnectionOpenerTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fe80::1", "an address without a route")]
    [InlineData("2001:db8::1", "an address that is nobody's")]
    [InlineData("::1", "a port that is closed")]
    public async Task Where_IPv6_leads_nowhere_IPv4_is_used(string ipv6, string why)
    {
        using var good = Listen(IPAddress.Loopback, 0);
        using var names = Names(ipv6, "127.0.0.1");

        var (isOpen, failure) = await OpenAsync(names, PortOf(good));

        Assert.True(isOpen, $"{why}: {failure}");
        using var accepted = await good.AcceptTcpClientAsync(Cancel).AsTask().Within("the connection");
    }

    [Fact]
    public async Task Where_IPv6_does_not_respond_IPv4_is_used_before_the_time_for_connecting_is_over()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var hanging = new FullListener(IPAddress.IPv6Loopback);
        using var good = Listen(IPAddress.Loopback, hanging.Endpoint.Port);
        using var names = Names("::1", "127.0.0.1");

        var (isOpen, failure) = await OpenAsync(names, hanging.Endpoint.Port);

        Assert.True(isOpen, $"{failure}");
        using var accepted = await good.AcceptTcpClientAsync(Cancel).AsTask().Within("the connection");
    }

    [Fact]
    public async Task A_refusal_says_more_than_an_address_without_a_route()
    {
        // Bound, so that nobody else gets the port, and not listened to.
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)closed.LocalEndPoint!).Port;
        using var names = Names("fe80::1", "127.0.0.1");

        Assert.Equal((false, WireFault.Refused), await FaultAsync(names, port));
        using var both = Names("fe80::1", "255.255.255.255");
        Assert.Equal((false, WireFault.Unreachable), await FaultAsync(both, port));
    }

    [Fact]
    public async Task Where_IPv4_leads_nowhere_IPv6_is_used()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var good = Listen(IPAddress.IPv6Loopback, 0);
        using var names = Names("::1", "127.0.0.1");

        Assert.True((await OpenAsync(names, PortOf(good))).IsOpen);
    }

    [Fact]
    public async Task A_host_of_many_addresses_is_reached_by_the_one_that_accepts()
    {
        using var good = Listen(IPAddress.Parse("127.0.0.5"), 0);
        using var names = new NameServer((name, type, _) => type != 1 ? NameServer.Response() : NameServer.Response(
            0, false, [.. Enumerable.Range(1, 8).Select(number => (name, (ushort)1, NameServer.Address($"127.0.0.{number}")))]));

        Assert.True((await OpenAsync(names, PortOf(good))).IsOpen);
    }

    [Fact]
    public async Task A_look_up_that_hangs_ends_with_the_limit()
    {
        using var silent = new NameServer((_, _, _) => null);

        var (isOpen, failure) = await OpenAsync(silent, 80, TimeSpan.FromMilliseconds(300));

        Assert.Equal((false, WireFault.TimedOut), (isOpen, failure.Fault));
    }

    [Fact]
    public async Task A_look_up_that_hangs_ends_with_the_time_for_connecting_whatever_the_limit_is()
    {
        var clock = new ManualClock();
        using var signal = new InterruptSignal();
        // The time for connecting passes with the first question, of which the server says nothing.
        using var silent = new NameServer((_, _, _) =>
        {
            clock.Advance(ConnectionOpener.ConnectTimeout);
            signal.Signal();
            return null;
        });

        var (isOpen, failure) = await OpenAsync(silent, WaitLimit.In(clock, TimeSpan.FromMinutes(1), signal));

        Assert.Equal((false, WireFault.TimedOut), (isOpen, failure.Fault));
    }

    [Fact]
    public async Task A_signal_ends_a_look_up_that_hangs()
    {
        using var signal = new InterruptSignal();
        using var silent = new NameServer((_, _, _) =>
        {
            signal.Signal();
            return null;
        });

        var (isOpen, failure) = await OpenAsync(silent, WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1), signal));

        Assert.Equal((false, WireFault.Interrupted), (isOpen, failure.Fault));
    }

    [Fact]
    public async Task A_proxy_is_looked_up_in_the_place_of_the_host()
    {
        using var good = Listen(IPAddress.Loopback, 0);
        using var names = new NameServer((name, type, _) => name != "proxy.test" ? NameServer.Response(code: 3)
            : type == 1 ? NameServer.Response(0, false, (name, 1, NameServer.Address("127.0.0.1"))) : NameServer.Response());
        var route = new WireRoute { Host = "logs.test", Port = 80, Proxy = new WireProxy("proxy.test", (ushort)PortOf(good), null) };

        Assert.True((await OpenAsync(names, route, In(TimeSpan.FromMinutes(1)))).IsOpen);
    }

    static NameServer Names(string ipv6, string ipv4) => new((name, type, _) =>
        NameServer.Response(0, false, (name, type, NameServer.Address(type == 1 ? ipv4 : ipv6))));

    static Task<(bool IsOpen, WireFailure Failure)> OpenAsync(NameServer names, int port, TimeSpan? time = null) =>
        OpenAsync(names, new WireRoute { Host = "logs.test", Port = (ushort)port }, In(time ?? TimeSpan.FromMinutes(1)));

    static async Task<(bool IsOpen, WireFault Fault)> FaultAsync(NameServer names, int port)
    {
        var (isOpen, failure) = await OpenAsync(names, port);
        return (isOpen, failure.Fault);
    }

    static Task<(bool IsOpen, WireFailure Failure)> OpenAsync(NameServer names, WaitLimit limit) =>
        OpenAsync(names, new WireRoute { Host = "logs.test", Port = 80 }, limit);

    static async Task<(bool IsOpen, WireFailure Failure)> OpenAsync(NameServer names, WireRoute route, WaitLimit limit)
    {
        var resolver = new NameResolver(_ => "", settings => settings with { Servers = [SocketAddress.Ipv4(0x7F000001, (ushort)names.Port)] });
        var opener = new ConnectionOpener(route, resolver, tls: null);
        return await Task.Run(
            () =>
            {
                using var channel = opener.Open(limit, out var failure);
                return (channel is not null, failure);
            },
            Cancel).Within("the connection or its failure");
    }

    static WaitLimit In(TimeSpan time) => WaitLimit.In(TimeProvider.System, time);

    static TcpListener Listen(IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listener.Start();
        return listener;
    }

    static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}
