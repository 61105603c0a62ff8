using System.Net;
using System.Net.Sockets;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Names;
using SocketAddress = LambdaLogs.Extension.Wire.SocketAddress;

namespace LambdaLogs.Extension.Tests.Wire.Names;

/// <summary>Names against name servers that behave in every way there is.</summary>
public sealed class NameResolverTests
{
    const string Hosts = "127.0.0.1 localhost\n::1 localhost\n10.1.2.3 files.test # a comment\n";

    [Fact]
    public void An_address_is_itself() => Assert.Equal(["192.0.2.1:80"], Resolve("192.0.2.1", "", out _));

    [Fact]
    public void The_hosts_file_goes_before_every_server() => Assert.Equal(["10.1.2.3:80"], Resolve("FILES.test", "", out _));

    [Fact]
    public void Localhost_needs_no_file() => Assert.Contains("127.0.0.1:80", Resolve("x.localhost", "", out _));

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("two words.test")]
    public void What_can_be_no_name_is_not_asked_for(string name)
    {
        Assert.Empty(Resolve(name, "", out var fault));
        Assert.Equal(WireFault.NameNotFound, fault);
    }

    [Fact]
    public void Both_kinds_of_addresses_are_found_in_turn()
    {
        using var server = new NameServer((name, type, _) => type == 1
            ? NameServer.Response(0, false, (name, 1, NameServer.Address("192.0.2.1")), (name, 1, NameServer.Address("192.0.2.2")))
            : NameServer.Response(0, false, (name, 28, NameServer.Address("::1"))));

        Assert.Equal(["[::1]:80", "192.0.2.1:80", "192.0.2.2:80"], Ask(server, "logs.test", out _));
        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public void An_alias_is_followed_in_any_order_and_what_belongs_to_nobody_is_not_taken()
    {
        using var server = new NameServer((name, type, _) => type != 1 ? NameServer.Response() : NameServer.Response(
            0,
            false,
            ("target.test", 1, NameServer.Address("192.0.2.7")),
            ("other.test", 1, NameServer.Address("192.0.2.66")),
            ("middle.test", 5, NameServer.Name("target.test")),
            (name, 5, NameServer.Name("MIDDLE.test"))));

        Assert.Equal(["192.0.2.7:80"], Ask(server, "logs.test", out _));
    }

    [Fact]
    public void A_name_that_is_not_there_is_reported_and_nobody_else_is_asked()
    {
        using var server = new NameServer((_, _, _) => NameServer.Response(code: 3));

        Assert.Empty(Ask(server, "logs.test", out var fault));
        Assert.Equal(WireFault.NameNotFound, fault);
        Assert.Equal(2, server.Asked);
    }

    [Fact]
    public void A_truncated_response_is_asked_for_over_TCP()
    {
        using var server = new NameServer((name, type, overTcp) => type != 1 ? NameServer.Response()
            : overTcp ? NameServer.Response(0, false, (name, 1, NameServer.Address("192.0.2.9"))) : NameServer.Response(isTruncated: true));

        Assert.Equal(["192.0.2.9:80"], Ask(server, "logs.test", out _));
    }

    [Fact]
    public void A_server_that_fails_gives_way_to_another()
    {
        using var broken = new NameServer((_, _, _) => NameServer.Response(code: 2));
        using var good = Good();

        Assert.Equal(["192.0.2.1:80"], Ask("logs.test", 60_000, out _, broken, good));
    }

    [Fact]
    public async Task A_silent_server_takes_its_share_of_the_time_and_no_more()
    {
        var clock = new ManualClock();
        // Two servers, twice each: a quarter of two seconds, which passes while it is asked.
        using var silent = new NameServer((_, type, _) =>
        {
            clock.Advance(type == 1 ? TimeSpan.FromMilliseconds(500) : TimeSpan.Zero);
            return null;
        });
        using var good = Good();

        var resolver = Resolver([silent, good]);
        var limit = WaitLimit.In(clock, TimeSpan.FromSeconds(2));
        var found = await Task.Run(() => resolver.Resolve("logs.test", 80, limit, out _), TestContext.Current.CancellationToken)
            .Within("the other server");

        // Nothing but the one question has moved the clock.
        Assert.Equal(["192.0.2.1:80"], found.Select(Text));
        Assert.InRange(silent.Asked, 1, 2);
    }

    [Fact]
    public void A_silence_about_IPv6_does_not_hold_what_is_known()
    {
        using var server = new NameServer((name, type, _) => type == 1
            ? NameServer.Response(0, false, (name, 1, NameServer.Address("192.0.2.1"))) : null);
        var resolver = new NameResolver(_ => "", settings => settings with { Servers = [PlaceOf(server)], Timeout = TimeSpan.FromSeconds(30) });
        var start = TimeProvider.System.GetTimestamp();

        Assert.Equal(["192.0.2.1:80"], resolver.Resolve("logs.test", 80, In(60_000), out _).Select(Text));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 20);
    }

    [Fact]
    public void Silence_ends_with_the_limit()
    {
        using var silent = new NameServer((_, _, _) => null);

        Assert.Empty(Ask("logs.test", 200, out var fault, silent));
        Assert.Equal(WireFault.TimedOut, fault);
    }

    [Fact]
    public async Task A_signal_ends_it_at_once()
    {
        using var silent = new NameServer((_, _, _) => null);
        using var interrupt = new InterruptSignal();
        var limit = WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1), interrupt);
        var resolver = Resolver([silent]);
        var fault = WireFault.None;
        var resolving = Task.Run(
            () =>
            {
                resolver.Resolve("logs.test", 80, limit, out var failure);
                fault = failure.Fault;
            },
            TestContext.Current.CancellationToken);

        interrupt.Signal();
        await resolving;

        Assert.Equal(WireFault.Interrupted, fault);
    }

    [Fact]
    public void A_response_with_another_id_is_nobody_s()
    {
        using var liar = new NameServer((name, type, _) => NameServer.Response(0, false, (name, type, NameServer.Address(type == 1 ? "192.0.2.66" : "::1"))));
        liar.WrongId = 1;

        Assert.Empty(Ask("logs.test", 300, out _, liar));
    }

    [Fact]
    public void Responses_to_nobody_s_questions_do_not_hold_a_look_up_beyond_its_limit()
    {
        using var clock = new FloodingClock();
        var resolver = Resolver([SocketAddress.Ipv4(0x7F000001, (ushort)clock.Port)]);

        Assert.Empty(resolver.Resolve("logs.test", 80, WaitLimit.In(clock, TimeSpan.FromMinutes(1)), out var failure));
        Assert.Equal((true, WireFault.TimedOut), (clock.HasResponded, failure.Fault));
    }

    [Fact]
    public void Short_names_are_looked_for_below_the_suffixes_first()
    {
        using var server = new NameServer((name, type, _) => name != "logs.two.test" ? NameServer.Response(code: 3)
            : type == 1 ? NameServer.Response(0, false, (name, 1, NameServer.Address("192.0.2.1"))) : NameServer.Response());

        Assert.Equal(["192.0.2.1:80"], Ask(server, "logs", out _, "search one.test two.test"));
        Assert.Empty(Ask(server, "logs.", out _, "search one.test two.test"));
    }

    [Fact]
    public void Where_nobody_listens_the_next_is_asked_at_once()
    {
        using var gone = new NameServer((_, _, _) => null);
        gone.Dispose();
        using var good = Good();

        Assert.Equal(["192.0.2.1:80"], Resolver([SocketAddress.Ipv4(0x7F000001, 1), PlaceOf(good)]).Resolve("logs.test", 80, In(60_000), out _).Select(Text));
    }

    static NameServer Good() => new((name, type, _) => type == 1
        ? NameServer.Response(0, false, (name, 1, NameServer.Address("192.0.2.1"))) : NameServer.Response());

    static string[] Ask(NameServer server, string name, out WireFault fault, string extra = "")
    {
        var found = Resolver([PlaceOf(server)], extra).Resolve(name, 80, In(60_000), out var failure);
        fault = failure.Fault;
        return [.. found.Select(Text)];
    }

    static string[] Ask(string name, int milliseconds, out WireFault fault, params NameServer[] servers)
    {
        var found = Resolver([.. servers.Select(PlaceOf)]).Resolve(name, 80, In(milliseconds), out var failure);
        fault = failure.Fault;
        return [.. found.Select(Text)];
    }

    static string[] Resolve(string name, string settings, out WireFault fault)
    {
        var found = new NameResolver(path => path == "/etc/hosts" ? Hosts : settings).Resolve(name, 80, In(1000), out var failure);
        fault = failure.Fault;
        return [.. found.Select(Text)];
    }

    static NameResolver Resolver(IEnumerable<NameServer> servers) => Resolver([.. servers.Select(PlaceOf)]);

    static NameResolver Resolver(SocketAddress[] servers, string extra = "") =>
        new(path => path == "/etc/hosts" ? "" : extra, settings => settings with { Servers = servers });

    static SocketAddress PlaceOf(NameServer server) => SocketAddress.Ipv4(0x7F000001, (ushort)server.Port);

    static WaitLimit In(int milliseconds) => WaitLimit.In(TimeProvider.System, TimeSpan.FromMilliseconds(milliseconds));

    static string Text(SocketAddress address) => address.ToString();

    /// <summary>A name server that is a clock too: when it is read after a question, the response waits behind many others, and the time is over.</summary>
    sealed class FloodingClock : TimeProvider, IDisposable
    {
        const int Unrelated = 150;

        readonly UdpClient _server = new(new IPEndPoint(IPAddress.Loopback, 0));

        public int Port => ((IPEndPoint)_server.Client.LocalEndPoint!).Port;

        public bool HasResponded { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Dispose() => _server.Dispose();

        public override long GetTimestamp()
        {
            if (!HasResponded && _server.Available > 0)
            {
                var peer = new IPEndPoint(IPAddress.Any, 0);
                var question = _server.Receive(ref peer);
                for (var sent = 0; sent < Unrelated; sent++)
                    _server.Send([(byte)~question[0], .. question[1..]], peer);

                var record = (byte[])[.. question[12..], 0, 0, 0, 60, 0, 4, 192, 0, 2, 1];
                _server.Send([.. question[..2], 0x80, 0, 0, 1, 0, 1, 0, 0, 0, 0, .. question[12..], .. record], peer);
                HasResponded = true;
            }

            return HasResponded ? TimeSpan.TicksPerDay : 0;
        }
    }
}
