using System.Net;
using System.Net.Sockets;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Every stage that can fail or hang, the time of an attempt, and its cancellation.</summary>
public sealed class HttpDestinationFailureTests
{
    // Long enough for a busy machine, and far below the 30 s after which an attempt ends by itself.
    static readonly TimeSpan Prompt = TimeSpan.FromSeconds(5);

    readonly ManualClock _clock = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_closed_port_is_refused()
    {
        using var closed = ClosedPort();
        var port = ((IPEndPoint)closed.LocalEndPoint!).Port;

        var result = await SendAsync(new Uri($"http://127.0.0.1:{port}/"));

        Assert.Equal((Verdict.Retry, 0, FailureKind.Refused, null), (result.Verdict, result.Status, result.Failure, result.RetryAfter));
        Assert.Equal($"127.0.0.1:{port} refused the connection", result.Detail);
    }

    [Fact]
    public async Task A_name_without_address_is_not_resolved()
    {
        // A label of 64 characters is refused by the resolver itself: no name server is asked.
        var host = new string('a', 64) + ".invalid";

        var result = await SendAsync(new Uri($"http://{host}/"));

        Assert.Equal((Verdict.Retry, 0, FailureKind.NameNotResolved), (result.Verdict, result.Status, result.Failure));
        Assert.Equal($"the name {host} cannot be resolved", result.Detail);
    }

    [Theory]
    [InlineData("", FailureKind.Reset)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le", FailureKind.Reset)]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n", FailureKind.Protocol)]
    [InlineData("HTTP/1.1 abc OK\r\n\r\n", FailureKind.Protocol)]
    internal async Task A_connection_closed_without_a_response_is_reported_by_what_came(string response, FailureKind expected)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync(response);
        });

        var result = await SendAsync(server.Endpoint);

        Assert.Equal((Verdict.Retry, 0, expected), (result.Verdict, result.Status, result.Failure));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\n", Verdict.Delivered, 200, FailureKind.None)]
    [InlineData("HTTP/1.1 503 Busy\r\n", Verdict.Retry, 503, FailureKind.None)]
    [InlineData("HTTP/1.1 200 ", Verdict.Retry, 0, FailureKind.HeadTooLarge)]
    internal async Task Of_a_head_without_end_the_status_counts(string start, Verdict verdict, int status, FailureKind failure)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync(start);
            var line = status == 0 ? new string('x', 4000) : "X-Filler: " + new string('x', 4000) + "\r\n";
            while (true)
                await peer.WriteAsync(line);
        });

        var result = await SendAsync(server.Endpoint);

        Assert.Equal((verdict, status, failure), (result.Verdict, result.Status, result.Failure));
        Assert.Equal($"127.0.0.1:{server.Port} responded with headers of more than 64 KB, which are not read", result.Detail);
    }

    [Fact]
    public async Task A_reset_before_the_response_is_reported()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            peer.Reset();
        });

        var result = await SendAsync(server.Endpoint);

        Assert.Equal((Verdict.Retry, 0, FailureKind.Reset), (result.Verdict, result.Status, result.Failure));
        Assert.Equal($"127.0.0.1:{server.Port} closed the connection before it responded", result.Detail);
    }

    [Fact]
    public async Task A_reset_in_the_middle_of_the_body_is_reported()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.Stream.ReadExactlyAsync(new byte[1000], peer.Stopped);
            peer.Reset();
        });

        var result = await SendAsync(server.Endpoint, new byte[16 * 1024 * 1024]);

        Assert.Equal((Verdict.Retry, FailureKind.Reset), (result.Verdict, result.Failure));
    }

    public static TheoryData<string> Hanging => new("nothing", "half a head", "byte by byte", "a body that is not read");

    [Theory]
    [MemberData(nameof(Hanging))]
    public async Task An_endpoint_that_hangs_costs_the_time_of_one_attempt_and_no_more(string how)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Start(peer => HangAsync(peer, how, reached));
        using var destination = New(server.Endpoint);
        using var look = new InterruptSignal();
        var sending = destination.SendAsync(new byte[how == "a body that is not read" ? 32 * 1024 * 1024 : 100], "1", Cancel, look);
        await reached.Task.Within("the endpoint to get there");

        _clock.Advance(TimeSpan.FromSeconds(29.999));
        Assert.False(sending.IsCompleted);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        look.Signal();
        var result = await sending.Within("the attempt to end");
        Assert.Equal((Verdict.Retry, 0, FailureKind.TimedOut), (result.Verdict, result.Status, result.Failure));
        Assert.Equal($"127.0.0.1:{server.Port} did not respond in time", result.Detail);
    }

    [Theory]
    [MemberData(nameof(Hanging))]
    public async Task A_cancelled_attempt_ends_at_once(string how)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Start(peer => HangAsync(peer, how, Volatile.Read(ref reached)));
        using var destination = New(server.Endpoint);
        var body = new byte[how == "a body that is not read" ? 32 * 1024 * 1024 : 100];

        var batch = 0;
        await EndsPromptlyAsync(async cancel =>
        {
            Volatile.Write(ref reached, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var sending = destination.SendAsync(body, $"{batch++}", cancel);
            await reached.Task.Within("the endpoint to get there");
            return sending;
        });
    }

    [Fact]
    public async Task A_connection_that_hangs_is_bounded_and_cancelled_too()
    {
        using var full = new FullListener();
        using var destination = New(full.Endpoint);

        // By the machine's own clock: when the attempt has begun to wait cannot be seen from outside, and a manual clock could be moved too early.
        var options = new DestinationOptions { Url = full.Endpoint.OriginalString, Timeout = TimeSpan.FromMilliseconds(200) };
        using var hasty = new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);
        var timed = hasty.SendAsync("{}"u8.ToArray(), "1", Cancel);
        Assert.Equal(FailureKind.TimedOut, (await timed.Within("the attempt to end")).Failure);

        await EndsPromptlyAsync(cancel => Task.FromResult(destination.SendAsync("{}"u8.ToArray(), "2", cancel)));
    }

    [Fact]
    public async Task A_connection_that_takes_longer_than_its_timeout_is_given_up()
    {
        using var full = new FullListener();
        var options = new DestinationOptions { Url = full.Endpoint.AbsoluteUri, Timeout = TimeSpan.FromMilliseconds(200) };
        using var destination = new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);

        var result = await destination.SendAsync("{}"u8.ToArray(), "1", Cancel).Within("the attempt to end");

        Assert.Equal((Verdict.Retry, FailureKind.TimedOut), (result.Verdict, result.Failure));
    }

    [Fact]
    public async Task Nothing_is_sent_after_cancellation()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        using var destination = New(server.Endpoint);

        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => destination.SendAsync("{}"u8.ToArray(), "1", cancelled));

        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n")]
    public async Task With_the_status_the_fate_of_the_batch_is_known_whatever_becomes_of_the_body(string rest)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 200 OK\r\n" + rest);
        });

        Assert.Equal(Verdict.Delivered, (await SendAsync(server.Endpoint)).Verdict);
    }

    [Fact]
    public async Task A_body_that_hangs_is_waited_for_a_moment_only()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nbusy, come");
            await peer.HangAsync();
        });
        var options = new DestinationOptions { Url = server.Endpoint.AbsoluteUri };
        using var destination = new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);
        var sending = destination.SendAsync("{}"u8.ToArray(), "1", Cancel);

        var result = await sending.Within("the attempt to end");
        Assert.Equal((Verdict.Retry, 503, "busy, come"), (result.Verdict, result.Status, result.Detail));
    }

    [Fact]
    public async Task A_cancellation_does_not_lose_the_verdict()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 400 No\r\nContent-Length: 100\r\n\r\nabc");
            await peer.HangAsync();
        });
        using var destination = New(server.Endpoint);
        var result = await CancelAsync(server.NextRequestAsync());
        // The head may not have been there yet. Then the attempt was cut off, and goes on with the same batch.
        for (var milliseconds = 20; result is null; milliseconds *= 2)
            result = await CancelAsync(Task.Delay(milliseconds, Cancel));
        Assert.Equal((Verdict.Rejected, 400, "abc"), (result.Value.Verdict, result.Value.Status, result.Value.Detail));

        async Task<SendResult?> CancelAsync(Task when)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var sending = destination.SendAsync("{}"u8.ToArray(), "1", cancel.Token);
            await when;
            await cancel.CancelAsync();
            try
            {
                return await sending.Within("the attempt to end");
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    [Fact]
    public async Task A_delivery_does_not_wait_for_the_body()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
            await peer.HangAsync();
        });
        using var destination = New(server.Endpoint);

        // The clock stands still: nothing but the status ends it.
        Assert.Equal(Verdict.Delivered, (await destination.SendAsync("{}"u8.ToArray(), "1", Cancel).Within("the attempt to end")).Verdict);
        Assert.Equal(Verdict.Delivered, (await destination.SendAsync("{}"u8.ToArray(), "2", Cancel).Within("the attempt to end")).Verdict);
    }

    static async Task HangAsync(Peer peer, string how, TaskCompletionSource reached)
    {
        if (how == "a body that is not read")
        {
            await peer.Stream.ReadExactlyAsync(new byte[1000], peer.Stopped);
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, peer.Stopped);
        }

        await peer.ReadRequestAsync();
        if (how == "half a head")
            await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: te");

        reached.TrySetResult();
        if (how == "byte by byte")
        {
            foreach (var character in "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Slow: yes\r\n", 1_000)))
            {
                await peer.WriteAsync(character.ToString());
                await Task.Delay(10, peer.Stopped);
            }
        }

        await peer.HangAsync();
    }

    // On a busy machine one try may be slow for reasons of its own. What waits for anything is slow each time.
    static async Task EndsPromptlyAsync(Func<CancellationToken, Task<Task<SendResult>>> start)
    {
        var fastest = TimeSpan.MaxValue;
        for (var attempt = 0; attempt < 8 && fastest > Prompt; attempt++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var sending = await start(cancel.Token);
            var from = TimeProvider.System.GetTimestamp();
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending.Within("the attempt to end"));
            var took = TimeProvider.System.GetElapsedTime(from);
            fastest = took < fastest ? took : fastest;
        }

        Assert.InRange(fastest, TimeSpan.Zero, Prompt);
    }

    /// <summary>A port that is bound, so that nobody else gets it, and not listened to.</summary>
    static Socket ClosedPort()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket;
    }

    async Task<SendResult> SendAsync(Uri endpoint, byte[]? body = null)
    {
        using var destination = New(endpoint);
        return await destination.SendAsync(body ?? "{}"u8.ToArray(), "1", Cancel).Within("the attempt to end");
    }

    HttpDestination New(Uri endpoint) => new(new DestinationOptions { Url = endpoint.OriginalString }, Some.Format(), new RetryOptions(), _clock);
}
