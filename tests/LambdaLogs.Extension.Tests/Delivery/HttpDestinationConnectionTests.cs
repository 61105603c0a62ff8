using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>When a connection is used again, and when a new one is opened.</summary>
public sealed class HttpDestinationConnectionTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_batches_go_over_one_connection()
    {
        await using var server = ScriptedServer.StartAnswering(200, "{\"ok\":true}");
        using var destination = To(server);

        for (var batch = 1; batch <= 50; batch++)
            Assert.Equal(Verdict.Delivered, (await SendAsync(destination, $"{batch}")).Verdict);

        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(503)]
    public async Task A_refusal_does_not_cost_the_connection(int status)
    {
        await using var server = ScriptedServer.StartAnswering(status, new string('x', ResponseInterpreter.LongestBody - 1));
        using var destination = To(server);

        for (var batch = 1; batch <= 5; batch++)
            await SendAsync(destination, $"{batch}");

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_connection_counts_as_open_after_a_response_and_until_a_freeze()
    {
        await using var server = ScriptedServer.StartAnswering(200, "{}");
        using var destination = To(server);
        Assert.False(destination.HasOpenConnection);

        await SendAsync(destination, "1");
        Assert.True(destination.HasOpenConnection);
        destination.InvalidateConnections();

        Assert.False(destination.HasOpenConnection);
    }

    [Theory]
    [InlineData("Connection: close\r\n")]
    [InlineData("")]
    public async Task A_connection_that_the_server_closes_does_not_count_as_open(string header)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n{header}\r\n");
        });
        using var destination = To(server);

        await SendAsync(destination, "1");

        Assert.True(SpinWait.SpinUntil(() => !destination.HasOpenConnection, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_chunked_response_does_not_cost_the_connection()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
                await peer.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
        });
        using var destination = To(server);

        await SendAsync(destination, "1");
        await SendAsync(destination, "2");

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task An_oversized_response_is_not_read_to_its_end()
    {
        var written = 0;
        await using var server = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
            {
                await peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
                var part = new string('x', 100_000);
                while (true)
                {
                    await peer.WriteAsync(part);
                    Interlocked.Add(ref written, part.Length);
                }
            }
        });
        using var destination = To(server);

        var first = await SendAsync(destination, "1");
        var second = await SendAsync(destination, "2");

        Assert.Equal((Verdict.Delivered, Verdict.Delivered), (first.Verdict, second.Verdict));
        Assert.Equal(2, server.Connections);
        Assert.InRange(written, 0, 100_000_000);
    }

    [Fact]
    public async Task An_endpoint_that_closes_after_each_response_gets_a_connection_for_each()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.RespondAsync(200, headers: "Connection: close\r\n");
        });
        using var destination = To(server);

        for (var batch = 1; batch <= 3; batch++)
            Assert.Equal(Verdict.Delivered, (await SendAsync(destination, $"{batch}")).Verdict);

        Assert.Equal(3, server.Connections);
    }

    public static TheoryData<bool> Ways => new(false, true);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_pooled_connection_that_dies_under_a_batch_is_replaced_within_the_same_attempt(bool byReset)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.RespondAsync(200);
            if (peer.Number > 1)
                await peer.HangAsync();

            // Dies once the next batch is under way: the client cannot know it before.
            await peer.Stream.ReadExactlyAsync(new byte[10], peer.Stopped);
            if (byReset)
                peer.Reset();
        });
        using var destination = To(server);
        await SendAsync(destination, "1");

        var second = await SendAsync(destination, "2");

        Assert.Equal((Verdict.Delivered, 200), (second.Verdict, second.Status));
        Assert.Equal(2, server.Connections);
        Assert.Equal("1", (await server.NextRequestAsync()).Header("X-Batch-Id"));
        Assert.Equal("2", (await server.NextRequestAsync()).Header("X-Batch-Id"));
    }

    [Fact]
    public async Task A_large_batch_over_a_dead_pooled_connection_is_sent_again_whole()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.RespondAsync(200);
            if (peer.Number > 1)
                await peer.HangAsync();

            await peer.Stream.ReadExactlyAsync(new byte[100_000], peer.Stopped);
            peer.Reset();
        });
        using var destination = To(server);
        await SendAsync(destination, "1");
        var body = new byte[4 * 1024 * 1024];
        Random.Shared.NextBytes(body);

        var second = await destination.SendAsync(body, "2", Cancel);

        Assert.Equal(Verdict.Delivered, second.Verdict);
        await server.NextRequestAsync();
        Assert.Equal(body, (await server.NextRequestAsync()).Body);
    }

    [Fact]
    public async Task The_free_retry_is_one_only()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            if (peer.Number == 1)
            {
                await peer.RespondAsync(200);
                await peer.ReadRequestAsync();
            }

            peer.Reset();
        });
        using var destination = To(server);
        await SendAsync(destination, "1");

        var second = await SendAsync(destination, "2");

        Assert.Equal((Verdict.Retry, FailureKind.Reset), (second.Verdict, second.Failure));
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_failure_on_a_new_connection_is_not_retried_for_free()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            peer.Reset();
        });
        using var destination = To(server);

        await SendAsync(destination, "1");
        await SendAsync(destination, "2");

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_response_of_a_dying_endpoint_is_a_response()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await peer.RespondAsync(200);
            await peer.ReadRequestAsync();
            await peer.RespondAsync(500, headers: "Connection: close\r\n");
        });
        using var destination = To(server);
        await SendAsync(destination, "1");

        Assert.Equal(500, (await SendAsync(destination, "2")).Status);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Dropped_connections_are_closed_and_not_used_again()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
                await peer.RespondAsync(200);

            closed.TrySetResult();
        });
        using var destination = To(server);
        destination.InvalidateConnections();
        await SendAsync(destination, "1");

        destination.InvalidateConnections();
        destination.InvalidateConnections();
        await SendAsync(destination, "2");
        await closed.Task.Within("the connection to be closed");

        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_batch_under_way_survives_the_dropping_of_connections()
    {
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await go.Task.WaitAsync(peer.Stopped);
            await peer.RespondAsync(200);
            await peer.HangAsync();
        });
        using var destination = To(server);
        var sending = SendAsync(destination, "1");
        await server.NextRequestAsync();

        destination.InvalidateConnections();
        go.SetResult();

        Assert.Equal(Verdict.Delivered, (await sending).Verdict);
        await SendAsync(destination, "2");
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Connections_may_be_dropped_at_any_moment()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        using var destination = To(server);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var dropping = Task.Run(
            () =>
            {
                while (!over.IsCancellationRequested)
                {
                    destination.InvalidateConnections();
                    Thread.Yield();
                }
            },
            Cancel);

        for (var batch = 1; batch <= 300; batch++)
            Assert.Equal(new SendResult(Verdict.Delivered, 200, FailureKind.None, null), await SendAsync(destination, $"{batch}"));

        await over.CancelAsync();
        await dropping;
    }

    [Fact]
    public async Task A_thousand_cancelled_batches_leak_no_connection()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            while (await peer.ReadRequestAsync() is not null)
            {
            }
        });
        using var destination = To(server);
        for (var batch = 1; batch <= 1000; batch++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var sending = destination.SendAsync("{}"u8.ToArray(), $"{batch}", cancel.Token);

            // Some are cut off before they set out, some while the endpoint has them.
            if (batch % 2 == 0)
                await server.NextRequestAsync();

            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        }

        // What is being closed is closed soon; two may wait for another batch.
        var start = TimeProvider.System.GetTimestamp();
        while (server.Open > 2 && TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromMinutes(1))
            await Task.Delay(10, Cancel);

        Assert.InRange(server.Open, 0, 2);
    }

    static HttpDestination To(ScriptedServer server) =>
        new(new DestinationOptions { Url = server.Endpoint.AbsoluteUri }, Some.Format(), new RetryOptions(), TimeProvider.System);

    static Task<SendResult> SendAsync(HttpDestination destination, string batchId) =>
        destination.SendAsync("{\"logs\":[]}"u8.ToArray(), batchId, Cancel).Within("the attempt to end");
}
