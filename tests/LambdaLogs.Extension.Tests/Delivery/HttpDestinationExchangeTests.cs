using System.IO.Compression;
using System.Text;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Attempts that are cut off and go on, responses that come early, and connections that may be dead.</summary>
public sealed class HttpDestinationExchangeTests
{
    static readonly byte[] Body = "{\"logs\":[]}"u8.ToArray();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_that_was_cut_off_while_it_was_sent_goes_on_where_it_stopped()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var got = new MemoryStream();
        await using var server = ScriptedServer.Start(async peer =>
        {
            await ReadHeadAsync(peer);
            reached.TrySetResult();
            await go.Task.WaitAsync(peer.Stopped);
            var rest = new byte[24 * 1024 * 1024];
            await peer.Stream.ReadExactlyAsync(rest, peer.Stopped);
            got.Write(rest);
            await peer.RespondAsync(200);
        });
        using var destination = New(server);
        var body = new byte[24 * 1024 * 1024];
        Random.Shared.NextBytes(body);
        using var interrupt = new InterruptSignal();
        var sending = Task.Run(() => Send(destination, body, interrupt), Cancel);
        await reached.Task.Within("the endpoint to get some");

        interrupt.Signal();
        var first = await sending.Within("the cut");
        go.SetResult();
        interrupt.Clear();
        var second = await Task.Run(() => Send(destination, body, interrupt), Cancel).Within("the rest");

        Assert.Equal((FailureKind.CutOff, false), (first.Failure, first.SentWhole));
        Assert.InRange(first.SentBytes, 1, body.Length - 1);
        Assert.Equal((Verdict.Delivered, true, body.Length), (second.Verdict, second.SentWhole, second.SentBytes));
        Assert.Equal(1, server.Connections);
        Assert.True(got.GetBuffer().AsSpan(0, (int)got.Length).SequenceEqual(body), "each byte has arrived once and in its place");
    }

    [Fact]
    public async Task A_batch_that_was_sent_whole_only_waits_for_its_response()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await go.Task.WaitAsync(peer.Stopped);
            await peer.RespondAsync(200);
            await peer.HangAsync();
        });
        using var destination = New(server);
        using var interrupt = new InterruptSignal();
        var sending = Task.Run(() => Send(destination, Body, interrupt), Cancel);
        await server.NextRequestAsync();
        interrupt.Signal();
        var first = await sending.Within("the cut");
        interrupt.Clear();
        go.SetResult();

        var second = await Task.Run(() => Send(destination, Body, interrupt), Cancel).Within("the response");

        Assert.Equal((FailureKind.CutOff, true), (first.Failure, first.SentWhole));
        Assert.Equal(Verdict.Delivered, second.Verdict);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Another_batch_does_not_wait_for_the_one_that_was_cut_off()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            if (peer.Number > 1)
                await peer.RespondAsync(200);
            await peer.HangAsync();
        });
        using var destination = New(server);
        using var interrupt = new InterruptSignal();
        var sending = Task.Run(() => Send(destination, Body, interrupt), Cancel);
        await server.NextRequestAsync();
        interrupt.Signal();
        await sending.Within("the cut");
        interrupt.Clear();

        Assert.Equal(Verdict.Delivered, (await Task.Run(() => Send(destination, Body, interrupt, "2"), Cancel).Within("the other")).Verdict);
    }

    [Fact]
    public async Task After_a_freeze_what_waits_for_a_response_is_sent_again_when_nothing_comes()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            if (peer.Number > 1)
                await peer.RespondAsync(200);
            await peer.HangAsync();
        });
        using var destination = New(server);
        using var interrupt = new InterruptSignal();
        var sending = Task.Run(() => Send(destination, Body, interrupt), Cancel);
        await server.NextRequestAsync();
        destination.InvalidateConnections();
        interrupt.Signal();
        await sending.Within("the cut");
        interrupt.Clear();

        Assert.Equal(Verdict.Delivered, (await Task.Run(() => Send(destination, Body, interrupt), Cancel).Within("the second")).Verdict);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task The_final_flush_uses_a_new_connection()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        using var destination = New(server);
        using var interrupt = new InterruptSignal();
        Send(destination, Body, interrupt, "1");

        var final = destination.Send(Body, new BatchLabel("2"), new AttemptLimit(long.MaxValue, interrupt, IsShutdown: true));
        var next = destination.Send(Body, new BatchLabel("3"), new AttemptLimit(long.MaxValue, interrupt, IsShutdown: true));

        Assert.Equal((Verdict.Delivered, Verdict.Delivered), (final.Verdict, next.Verdict));
        Assert.Equal(2, server.Connections);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_is_read_while_the_body_is_still_being_sent(bool resets)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.Stream.ReadExactlyAsync(new byte[1000], peer.Stopped);
            await peer.WriteAsync("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
            if (!resets)
                await Task.Delay(Timeout.Infinite, peer.Stopped);
        });
        using var destination = New(server);
        using var interrupt = new InterruptSignal();

        var result = await Task.Run(() => Send(destination, new byte[32 * 1024 * 1024], interrupt), Cancel).Within("the refusal");

        Assert.Equal((Verdict.TooLarge, 413, false), (result.Verdict, result.Status, result.SentWhole));
    }

    [Fact]
    public async Task With_the_question_first_a_refused_body_is_not_sent()
    {
        var after = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Start(async peer =>
        {
            var head = await ReadHeadAsync(peer);
            Assert.Contains("Expect: 100-continue\r\n", head, StringComparison.Ordinal);
            await peer.RespondAsync(413, "big", "Connection: close\r\n");
            after.SetResult(await peer.Stream.ReadAsync(new byte[10], peer.Stopped));
        });
        using var destination = New(server);
        using var interrupt = new InterruptSignal();

        var result = await Task.Run(() => Ask(destination, interrupt), Cancel).Within("the refusal");

        Assert.Equal((Verdict.TooLarge, 0), (result.Verdict, result.SentBytes));
        Assert.Equal(0, await after.Task.Within("the end of the connection"));
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("")]
    public async Task With_the_question_first_a_wanted_body_is_sent_also_where_the_endpoint_keeps_silent(string response)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await ReadHeadAsync(peer);
            await peer.WriteAsync(response);
            await peer.Stream.ReadExactlyAsync(new byte[Body.Length], peer.Stopped);
            await peer.RespondAsync(200);
        });
        using var destination = New(server);
        using var interrupt = new InterruptSignal();

        Assert.Equal(Verdict.Delivered, (await Task.Run(() => Ask(destination, interrupt), Cancel).Within("the delivery")).Verdict);
    }

    [Fact]
    public async Task An_endpoint_that_says_how_long_it_keeps_a_connection_is_believed()
    {
        await using var server = ScriptedServer.StartAnswering(200, headers: "Keep-Alive: timeout=1, max=5\r\n");
        using var destination = New(server);
        using var interrupt = new InterruptSignal();

        Send(destination, Body, interrupt, "1");
        Send(destination, Body, interrupt, "2");

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_gzip_response_is_read_all_the_same()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync("the index is read-only"u8.ToArray(), Cancel);
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync($"HTTP/1.1 400 No\r\nContent-Encoding: gzip\r\nContent-Length: {packed.Length}\r\n\r\n");
            await peer.Stream.WriteAsync(packed.ToArray(), peer.Stopped);
        });
        using var destination = New(server);
        using var interrupt = new InterruptSignal();

        Assert.Equal("the index is read-only", Send(destination, Body, interrupt).Detail);
    }

    [Fact]
    public async Task A_response_that_repeats_the_URL_does_not_show_what_is_secret_of_it()
    {
        await using var server = ScriptedServer.StartAnswering(404, "no route for /in/0123456789abcdef?token=s3cr3t-t0ken");
        using var destination = new HttpDestination(
            new DestinationOptions { Url = $"http://127.0.0.1:{server.Port}/in/0123456789abcdef?token=s3cr3t-t0ken" },
            Some.Format(),
            new RetryOptions(),
            TimeProvider.System);
        using var interrupt = new InterruptSignal();

        Assert.Equal("no route for /in/***?***", Send(destination, Body, interrupt).Detail);
    }

    [Fact]
    public async Task An_endpoint_that_drips_its_response_is_waited_for_once()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"took\":");
            await peer.HangAsync();
        });
        using var destination = New(server, FormatKind.Elasticsearch);
        using var interrupt = new InterruptSignal();
        await WaitForBodyInVainAsync(destination);
        var start = TimeProvider.System.GetTimestamp();

        var second = await Task.Run(() => destination.Send(Body, new BatchLabel("2"), new AttemptLimit(long.MaxValue, interrupt)), Cancel).Within("the second");

        Assert.Equal((Verdict.Delivered, true), (second.Verdict, second.Partial!.IsUnreadable));
        // The rest of an attempt would be 30 s.
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalSeconds, 0, 20);
    }

    /// <summary>An attempt that is interrupted while it reads the body. Where the head was not there yet, it goes on a while longer.</summary>
    static async Task WaitForBodyInVainAsync(HttpDestination destination)
    {
        var result = new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null);
        for (var milliseconds = 20; result.Failure is FailureKind.CutOff; milliseconds *= 2)
        {
            using var signal = new InterruptSignal();
            var sending = Task.Run(() => Send(destination, Body, signal, "1"), Cancel);
            await Task.Delay(milliseconds, Cancel);
            signal.Signal();
            result = await sending.Within("the attempt to end");
        }

        Assert.Equal((Verdict.Delivered, true), (result.Verdict, result.Partial!.IsUnreadable));
    }

    [Fact]
    public async Task A_403_of_a_proxy_that_takes_the_requests_itself_loses_nothing()
    {
        await using var proxy = ScriptedServer.StartAnswering(403, "<h1>Access denied</h1>");
        var options = new DestinationOptions { Url = "http://logs.test/", Proxies = new() { Http = ("HTTP_PROXY", $"http://127.0.0.1:{proxy.Port}") } };
        using var destination = new HttpDestination(options, Some.Format(), new RetryOptions(), TimeProvider.System);
        using var interrupt = new InterruptSignal();

        var result = Send(destination, Body, interrupt);

        Assert.Equal((Verdict.Retry, FailureKind.Proxy), (result.Verdict, result.Failure));
        Assert.Equal($"the proxy 127.0.0.1:{proxy.Port} refused to connect to logs.test: status 403", result.Detail);
    }

    static SendResult Send(HttpDestination destination, byte[] body, InterruptSignal interrupt, string id = "1") =>
        destination.Send(body, new BatchLabel(id), new AttemptLimit(long.MaxValue, interrupt));

    static SendResult Ask(HttpDestination destination, InterruptSignal interrupt) =>
        destination.Send(Body, new BatchLabel("1"), new AttemptLimit(long.MaxValue, interrupt, ExpectContinue: true));

    static async Task<string> ReadHeadAsync(Peer peer)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await peer.Stream.ReadAsync(one, peer.Stopped) > 0)
            head.Append((char)one[0]);

        return head.ToString();
    }

    static HttpDestination New(ScriptedServer server, FormatKind? kind = null) => new(
        new DestinationOptions { Url = server.Endpoint.AbsoluteUri, Request = new() { Compression = Compression.None } },
        kind is { } format ? SampleFormats.New(format) : Some.Format(),
        new RetryOptions(),
        TimeProvider.System);
}
