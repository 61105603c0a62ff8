using System.Net.Sockets;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class ListenerTests : IDisposable
{
    const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    const uint Loopback = 0x7F000001;

    readonly Listener _listener = new();
    readonly CollectingHandler _handler = new();
    readonly int _port;

    public ListenerTests()
    {
        _port = _listener.Bind(SocketAddress.Ipv4(Loopback, 0), SocketAddress.Ipv4(Loopback, 0));
        _listener.Start(_handler);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1")]
    [InlineData("PUT / HTTP/1.1")]
    [InlineData("POST /any/path?and=query HTTP/1.1")]
    [InlineData("POST http://sandbox.localdomain:4243/ HTTP/1.1")]
    public async Task Any_path_is_taken_with_POST_and_PUT(string line)
    {
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync($"{line}\r\nHost: sandbox.localdomain\r\nContent-Length: 2\r\n\r\n[]");

        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("[]", await _handler.NextAsync());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    [InlineData("post")]
    public async Task Another_method_gets_the_allowed_ones_and_may_go_on(string method)
    {
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync($"{method} / HTTP/1.1\r\nContent-Length: 3\r\n\r\nxyz");
        Assert.Equal("HTTP/1.1 405 Method Not Allowed\r\nAllow: POST, PUT\r\nContent-Length: 0\r\n\r\n", await peer.RespondAsync());

        await peer.PostAsync("[]");
        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("[]", await _handler.NextAsync());
    }

    [Fact]
    public async Task Chunks_are_handed_on_as_one_body()
    {
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[\r\n");
        await peer.SendAsync("1\r\n]\r\n0\r\n\r\n");

        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("[]", await _handler.NextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_8_MiB_is_read(bool chunked)
    {
        using var peer = await RawPeer.ConnectAsync(_port);
        var body = new string('x', IBodyHandler.BodyBytesMax);

        await SendAsync(peer, body, chunked);

        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal(body, await _handler.NextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_larger_body_is_skipped_and_gets_200(bool chunked)
    {
        using var peer = await RawPeer.ConnectAsync(_port);

        await SendAsync(peer, new string('x', IBodyHandler.BodyBytesMax + 1), chunked);
        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal(CollectingHandler.TooLarge, await _handler.NextAsync());

        await peer.PostAsync("[]");
        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("[]", await _handler.NextAsync());
    }

    [Fact]
    public async Task Requests_sent_in_one_piece_get_their_responses_one_by_one()
    {
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync(string.Concat(Enumerable.Range(0, 100).Select(index => $"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{index:00}")));

        for (var index = 0; index < 100; index++)
        {
            Assert.Equal(Ok, await peer.RespondAsync());
            Assert.Equal($"{index:00}", await _handler.NextAsync());
        }
    }

    [Fact]
    public async Task A_body_is_processed_before_the_response_is_sent()
    {
        using var peer = await RawPeer.ConnectAsync(_port);
        var taken = 0;
        _handler.OnBody = _ => Interlocked.Increment(ref taken);

        for (var count = 1; count <= 20; count++)
        {
            await peer.PostAsync("[]");
            await peer.RespondAsync();
            Assert.Equal(count, Volatile.Read(ref taken));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1", "Connection: close\r\n")]
    [InlineData("HTTP/1.0", "")]
    public async Task A_peer_that_wants_no_more_gets_its_response_and_is_let_go(string version, string header)
    {
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync($"POST / {version}\r\n{header}Content-Length: 2\r\n\r\n[]");

        Assert.Equal(Ok, await peer.UntilClosedAsync());
    }

    [Fact]
    public async Task A_peer_that_expects_100_Continue_gets_it_once()
    {
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync("POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 4\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await peer.RespondAsync());
        await peer.SendAsync("[1");
        await peer.SendAsync(",]");

        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("[1,]", await _handler.NextAsync());

        await peer.SendAsync("POST / HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
        Assert.Equal("HTTP/1.1 100 Continue\r\n\r\n", await peer.RespondAsync());
        await peer.SendAsync("0\r\n\r\n");
        Assert.Equal(Ok, await peer.RespondAsync());
    }

    [Theory]
    [InlineData("hello\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\r\n\r\n")]
    public async Task What_is_no_HTTP_costs_only_its_own_connection(string bytes)
    {
        using var other = await RawPeer.ConnectAsync(_port);
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync(bytes);

        Assert.Equal("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", await peer.UntilClosedAsync());
        await IsServedAsync(other);
    }

    [Fact]
    public async Task A_head_without_end_costs_only_its_own_connection()
    {
        using var other = await RawPeer.ConnectAsync(_port);
        using var peer = await RawPeer.ConnectAsync(_port);

        await peer.SendAsync("POST / HTTP/1.1\r\nX: " + new string('x', 20_000));

        await peer.UntilClosedAsync();
        await IsServedAsync(other);
    }

    [Fact]
    public async Task A_peer_that_sends_byte_by_byte_keeps_nobody_waiting()
    {
        using var other = await RawPeer.ConnectAsync(_port);
        using var slow = await RawPeer.ConnectAsync(_port);

        foreach (var letter in "POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nslow")
        {
            await slow.SendAsync(letter.ToString());
            await IsServedAsync(other);
        }

        await slow.SendAsync("!");
        Assert.Equal(Ok, await slow.RespondAsync());
        Assert.Equal("slow!", await _handler.NextAsync());
    }

    [Theory]
    [InlineData(20_000, 999)]
    [InlineData(300_000, 7_001)]
    [InlineData(1_000_000, 65_536)]
    [InlineData(2_000_000, 2_000_000)]
    public async Task A_large_body_is_read_whatever_pieces_it_comes_in_and_a_small_one_after_it(int size, int piece)
    {
        using var peer = await RawPeer.ConnectAsync(_port);
        for (var round = 0; round < 2; round++)
        {
            var body = new string('x', size);
            await peer.SendAsync($"POST / HTTP/1.1\r\nContent-Length: {size}\r\n\r\n");
            foreach (var part in body.Chunk(piece))
                await peer.SendAsync(new string(part));

            Assert.Equal(Ok, await peer.RespondAsync());
            Assert.Equal(body, await _handler.NextAsync());
            await IsServedAsync(peer);
        }
    }

    [Fact]
    public async Task The_next_request_right_after_a_large_body_is_not_waited_for()
    {
        using var peer = await RawPeer.ConnectAsync(_port);
        var body = new string('x', 100_000);
        await peer.SendAsync("POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n");

        await peer.SendAsync(body + "POST / HTTP/1.1\r\nContent-Length: 90000\r\n\r\n" + body[..80_000]);
        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal(body, await _handler.NextAsync());

        await peer.SendAsync(body[..10_000] + "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n[]");
        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal(body[..90_000], await _handler.NextAsync());
        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("[]", await _handler.NextAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(500_000)]
    public async Task A_peer_that_announces_more_than_it_sends_keeps_nobody_waiting(int sent)
    {
        using var other = await RawPeer.ConnectAsync(_port);
        using var lying = await RawPeer.ConnectAsync(_port);
        await lying.SendAsync("POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");

        await lying.SendAsync(new string('x', sent));

        await IsServedAsync(other);
        Assert.Equal(0, _handler.Waiting);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(500_000)]
    public async Task A_peer_that_ends_within_a_body_is_let_go(int announced)
    {
        using var peer = await RawPeer.ConnectAsync(_port);
        await peer.SendAsync($"POST / HTTP/1.1\r\nContent-Length: {announced}\r\n\r\nhalf");

        peer.EndSending();

        await peer.UntilClosedAsync();
        Assert.Equal(0, _handler.Waiting);
    }

    [Fact]
    public async Task A_peer_that_resets_within_its_body_costs_only_its_own_connection()
    {
        using var other = await RawPeer.ConnectAsync(_port);
        var peer = await RawPeer.ConnectAsync(_port);
        await peer.SendAsync("POST / HTTP/1.1\r\nContent-Length: 500\r\n\r\nhalf");

        peer.Reset();

        await IsServedAsync(other);
        Assert.Equal(0, _handler.Waiting);
    }

    [Fact]
    public async Task A_peer_that_never_reads_its_responses_costs_only_its_own_connection()
    {
        using var other = await RawPeer.ConnectAsync(_port);
        using var deaf = await RawPeer.ConnectAsync(_port);
        var requests = string.Concat(Enumerable.Repeat("GET / HTTP/1.1\r\n\r\n", 10_000));

        var sending = Task.Run(
            async () =>
            {
                // Ends when the listener has had enough: its responses no longer go out.
                for (var count = 0; count < 100; count++)
                    await deaf.SendAsync(requests);
            },
            TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<IOException>(() => sending).Within("the deaf peer to be cut off");
        await IsServedAsync(other);
    }

    [Fact]
    public async Task Peers_that_hold_their_connections_open_do_not_take_the_place_of_one_that_sends()
    {
        using var lambda = await RawPeer.ConnectAsync(_port);
        await IsServedAsync(lambda);
        var idle = new List<RawPeer>();
        for (var count = 0; count < 100; count++)
        {
            idle.Add(await RawPeer.ConnectAsync(_port));
            await IsServedAsync(lambda);
        }

        using var another = await RawPeer.ConnectAsync(_port);
        await IsServedAsync(another);
        await IsServedAsync(lambda);
        Assert.Equal("", await idle[0].UntilClosedAsync());
        idle.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Peers_that_send_slowly_or_send_little_never_push_out_the_one_that_brings_the_telemetry()
    {
        using var lambda = await RawPeer.ConnectAsync(_port);
        await lambda.PostAsync(new string('x', 1000));
        Assert.Equal(Ok, await lambda.RespondAsync());
        await _handler.NextAsync();
        var slow = new List<RawPeer>();
        for (var count = 0; count < 100; count++)
        {
            var peer = await RawPeer.ConnectAsync(_port);
            slow.Add(peer);
            if (count % 2 == 0)
                await IsServedAsync(peer);
            else
                await peer.SendAsync("POST / HTTP/1.1\r\nContent-Le");
        }

        await IsServedAsync(lambda);
        slow.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task Bodies_without_end_take_no_more_memory_than_there_is_for_all_and_none_from_the_one_that_brings_the_telemetry()
    {
        using var lambda = await RawPeer.ConnectAsync(_port);
        await IsServedAsync(lambda);
        var endless = new List<RawPeer>();
        var megabyte = new byte[1024 * 1024];
        for (var count = 0; count < 30; count++)
        {
            var peer = await RawPeer.ConnectAsync(_port);
            endless.Add(peer);
            await peer.SendAsync("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n700000\r\n");
            for (var sent = 0; sent < 7; sent++)
                await peer.SendAsync(megabyte.AsMemory());
        }

        var body = new string('x', IBodyHandler.BodyBytesMax - 1);
        await lambda.PostAsync(body);
        Assert.Equal(Ok, await lambda.RespondAsync());
        Assert.Equal(body.Length, (await _handler.NextAsync()).Length);
        Assert.InRange(_listener.BodyBytes, 1, Listener.BodiesBytesMax);
        endless.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task The_handler_is_called_with_one_body_at_a_time()
    {
        _handler.OnBody = _ => Thread.SpinWait(20_000);
        var peers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => RawPeer.ConnectAsync(_port)));

        await Task.WhenAll(peers.Select(async peer =>
        {
            for (var count = 0; count < 10; count++)
            {
                await peer.PostAsync("[]");
                Assert.Equal(Ok, await peer.RespondAsync());
            }
        }));

        Assert.False(_handler.WasCalledTwiceAtOnce);
        Assert.Equal(160, _handler.Waiting);
    }

    [Fact]
    public async Task A_handler_that_throws_costs_only_the_connection_of_that_body()
    {
        using var other = await RawPeer.ConnectAsync(_port);
        using var peer = await RawPeer.ConnectAsync(_port);
        _handler.OnBody = body =>
        {
            if (body == "bad")
                throw new InvalidOperationException("A fault of our own.");
        };

        await peer.PostAsync("bad");

        Assert.Equal("", await peer.UntilClosedAsync());
        await IsServedAsync(other);
    }

    [Fact]
    public async Task What_comes_before_the_start_is_served_after_it()
    {
        using var listener = new Listener();
        var port = listener.Bind(SocketAddress.Ipv4(Loopback, 0), SocketAddress.Ipv4(Loopback, 0));
        using var peer = await RawPeer.ConnectAsync(port);
        await peer.PostAsync("early");

        listener.Start(_handler);

        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("early", await _handler.NextAsync());
    }

    [Fact]
    public void A_port_in_use_is_replaced_by_a_free_one()
    {
        using var second = new Listener();

        var port = second.Bind(SocketAddress.Ipv4(Loopback, (ushort)_port), SocketAddress.Ipv4(Loopback, 0));

        Assert.NotEqual(0, port);
        Assert.NotEqual(_port, port);
    }

    [Fact]
    public void Where_nothing_can_be_bound_the_port_is_zero()
    {
        using var second = new Listener();

        Assert.Equal(0, second.Bind(SocketAddress.Ipv4(Loopback, (ushort)_port), SocketAddress.Ipv4(Loopback, (ushort)_port)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_listener_that_has_ended_lets_go_of_its_port(bool started)
    {
        var listener = new Listener();
        var port = listener.Bind(SocketAddress.Ipv4(Loopback, 0), SocketAddress.Ipv4(Loopback, 0));
        if (started)
            listener.Start(_handler);

        listener.Dispose();

        using var probe = new TcpClient();
        Assert.Throws<SocketException>(() => probe.Connect("127.0.0.1", port));
    }

    public void Dispose() => _listener.Dispose();

    async Task IsServedAsync(RawPeer peer)
    {
        await peer.PostAsync("served");
        Assert.Equal(Ok, await peer.RespondAsync());
        Assert.Equal("served", await _handler.NextAsync());
    }

    static async Task SendAsync(RawPeer peer, string body, bool chunked)
    {
        if (!chunked)
        {
            await peer.PostAsync(body);
            return;
        }

        await peer.SendAsync("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var chunk in body.Chunk(100_000))
            await peer.SendAsync($"{chunk.Length:x}\r\n{new string(chunk)}\r\n");
        await peer.SendAsync("0\r\n\r\n");
    }
}
