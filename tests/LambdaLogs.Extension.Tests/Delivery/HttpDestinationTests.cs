using System.IO.Compression;
using System.Text;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>What is sent, and what a response means.</summary>
public sealed class HttpDestinationTests : IAsyncDisposable
{
    readonly List<HttpDestination> _destinations = [];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _destinations.ForEach(destination => destination.Dispose());
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_batch_arrives_as_it_is_with_these_headers_and_no_others()
    {
        await using var server = ScriptedServer.StartAnswering(200);

        var result = await To(server).SendAsync("{\"logs\":[\"ü\"]}"u8.ToArray(), "batch-1", Cancel);

        Assert.Equal(new SendResult(Verdict.Delivered, 200, FailureKind.None, null), result);
        var request = await server.NextRequestAsync();
        Assert.Equal("POST /logs HTTP/1.1", request.Line);
        Assert.Equal("{\"logs\":[\"ü\"]}", request.Text);
        Assert.Equal(
            [
                ("Accept-Encoding", "identity"),
                ("Content-Length", "15"),
                ("Content-Type", "application/json"),
                ("Host", $"127.0.0.1:{server.Port}"),
                ("User-Agent", ProductName.UserAgent),
                ("X-Batch-Id", "batch-1"),
            ],
            request.Headers.Order());
        Assert.Matches(@"^aws-lambda-logs-http-destination/\d+\.\d+\.\d+$", request.Header("User-Agent"));
    }

    [Fact]
    public async Task The_path_and_query_of_the_endpoint_are_kept()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        var destination = New(new DestinationOptions { Url = $"http://127.0.0.1:{server.Port}/v1/in%20gest?key=a%2Fb&x=1#part" });

        await destination.SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.Equal("POST /v1/in%20gest?key=a%2Fb&x=1 HTTP/1.1", (await server.NextRequestAsync()).Line);
    }

    public static TheoryData<string, string?, string?> Kinds => new()
    {
        { "none", null, null },
        { "basic", "Authorization", "Basic bWU6cMOkc3M=" },
        { "bearer", "Authorization", "Bearer abc.def-123" },
        { "apikey", "X-Api-Token", "k e y" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_kind_of_authentication_sends_its_header(string kind, string? header, string? value)
    {
        await using var server = ScriptedServer.StartAnswering(200);
        var authentication = kind switch
        {
            "basic" => Authentication.Basic("me", "päss"),
            "bearer" => Authentication.Bearer("abc.def-123"),
            "apikey" => Authentication.ApiKey("X-Api-Token", "k e y"),
            _ => Authentication.None,
        };

        await To(server, authentication).SendAsync("{}"u8.ToArray(), "1", Cancel);

        var request = await server.NextRequestAsync();
        Assert.Equal(header is null ? 6 : 7, request.Headers.Count);
        Assert.Equal(value, header is null ? request.Header("Authorization") : request.Header(header));
    }

    [Theory]
    [InlineData(200, Verdict.Delivered)]
    [InlineData(202, Verdict.Delivered)]
    [InlineData(204, Verdict.Delivered)]
    [InlineData(400, Verdict.Rejected)]
    [InlineData(401, Verdict.Unauthorized)]
    [InlineData(403, Verdict.Unauthorized)]
    [InlineData(404, Verdict.Rejected)]
    [InlineData(408, Verdict.Retry)]
    [InlineData(413, Verdict.TooLarge)]
    [InlineData(429, Verdict.Retry)]
    [InlineData(500, Verdict.Retry)]
    [InlineData(501, Verdict.Rejected)]
    [InlineData(503, Verdict.Retry)]
    internal async Task A_response_gives_status_and_verdict(int status, Verdict expected)
    {
        await using var server = ScriptedServer.StartAnswering(status);

        var result = await To(server).SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.Equal((expected, status, FailureKind.None), (result.Verdict, result.Status, result.Failure));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task The_options_say_which_statuses_are_retried()
    {
        await using var server = ScriptedServer.StartAnswering(404);
        Assert.True(StatusSet.TryParse("404", out var statuses));
        var destination = New(new DestinationOptions { Url = server.Endpoint.AbsoluteUri }, new RetryOptions { Statuses = statuses });

        var result = await destination.SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.Equal(Verdict.Retry, result.Verdict);
    }

    [Fact]
    public async Task Retry_After_is_read()
    {
        await using var server = ScriptedServer.StartAnswering(429, headers: "Retry-After: 7\r\n");

        var result = await To(server).SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.Equal((Verdict.Retry, TimeSpan.FromSeconds(7)), (result.Verdict, result.RetryAfter));
    }

    [Fact]
    public async Task The_beginning_of_a_refusal_is_kept_in_one_line()
    {
        var body = "{\n  \"error\":\t\"no\u0000 such index\"\n}" + new string('x', 500);
        await using var server = ScriptedServer.StartAnswering(400, body);

        var result = await To(server).SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.StartsWith("{ \"error\": \"no such index\" }xxx", result.Detail, StringComparison.Ordinal);
        Assert.Equal(200, result.Detail!.Length);
    }

    [Fact]
    public async Task The_body_of_a_delivery_is_not_kept()
    {
        await using var server = ScriptedServer.StartAnswering(200, "{\"ok\":true}");

        Assert.Null((await To(server).SendAsync("{}"u8.ToArray(), "1", Cancel)).Detail);
    }

    [Fact]
    public async Task Credentials_that_an_endpoint_repeats_are_not_shown()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            var request = await peer.ReadRequestAsync();
            await peer.RespondAsync(401, $"your header was {request!.Header("Authorization")}");
        });

        var result = await To(server, Authentication.Bearer("SECRET-TOKEN")).SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.Equal("your header was Bearer ***", result.Detail);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_and_its_target_gets_nothing(int status)
    {
        await using var target = ScriptedServer.StartAnswering(200);
        var location = $"Location: http://me:SECRET@127.0.0.1:{target.Port}/new/path?key=SECRET\r\n";
        await using var server = ScriptedServer.StartAnswering(status, headers: location);

        var result = await To(server, Authentication.Bearer("token")).SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.Equal((Verdict.Rejected, status), (result.Verdict, result.Status));
        Assert.Equal(
            $"redirected to http://127.0.0.1:{target.Port}/new/…?…; redirects are not followed, set HTTP_ENDPOINT to the final URL",
            result.Detail);
        Assert.Equal(0, target.Connections);
    }

    [Theory]
    [InlineData("Location: /other\r\n", "/other;")]
    [InlineData("Location: ftp://example.com/\r\n", "an invalid URL;")]
    [InlineData("Location: http://[\r\n", "an invalid URL;")]
    [InlineData("", "an invalid URL;")]
    public async Task A_redirect_to_anywhere_is_described(string headers, string expected)
    {
        await using var server = ScriptedServer.StartAnswering(302, headers: headers);

        var result = await To(server).SendAsync("{}"u8.ToArray(), "1", Cancel);

        Assert.Contains(expected, result.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_is_not_sent_back_and_a_challenge_is_ignored()
    {
        await using var server = ScriptedServer.StartAnswering(401, headers: "Set-Cookie: a=b\r\nWWW-Authenticate: Basic realm=\"x\"\r\n");
        var destination = To(server);

        await destination.SendAsync("{}"u8.ToArray(), "1", Cancel);
        await destination.SendAsync("{}"u8.ToArray(), "2", Cancel);

        await server.NextRequestAsync();
        var second = await server.NextRequestAsync();
        Assert.Equal((6, "2"), (second.Headers.Count, second.Header("X-Batch-Id")));
    }

    [Fact]
    public async Task A_large_body_arrives_whole()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        var body = Encoding.ASCII.GetBytes(new string('x', 8 * 1024 * 1024));

        await To(server).SendAsync(body, "1", Cancel);

        Assert.Equal(body, (await server.NextRequestAsync()).Body);
    }

    [Fact]
    public async Task A_refusal_that_comes_before_the_body_was_read_is_a_response()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            // As a proxy does with a body above its limit: it responds from the head, and passes over the rest.
            await peer.Stream.ReadExactlyAsync(new byte[200], peer.Stopped);
            await peer.RespondAsync(413, "too large", "Connection: close\r\n");
            await peer.HangAsync();
        });

        var result = await To(server).SendAsync(new byte[8 * 1024 * 1024], "1", Cancel);

        Assert.Equal((Verdict.TooLarge, 413, "too large"), (result.Verdict, result.Status, result.Detail));
    }

    [Fact]
    public async Task A_compressed_body_says_so_and_is_the_same_inside()
    {
        await using var server = ScriptedServer.StartAnswering(200);
        var body = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a log line that is much like the others\n", 1000)));
        var destination = New(new DestinationOptions
        {
            Url = server.Endpoint.AbsoluteUri,
            Request = new RequestOptions { Compression = Compression.Gzip },
        });

        await destination.SendAsync(body, "1", Cancel);
        await destination.SendAsync(body, "1", Cancel);

        foreach (var request in new[] { await server.NextRequestAsync(), await server.NextRequestAsync() })
        {
            Assert.Equal("gzip", request.Header("Content-Encoding"));
            Assert.InRange(request.Body.Length, 1, body.Length / 10);
            using var plain = new MemoryStream();
            await using (var gzip = new GZipStream(new MemoryStream(request.Body), CompressionMode.Decompress))
                await gzip.CopyToAsync(plain, Cancel);

            Assert.Equal(body, plain.ToArray());
        }
    }

    [Fact]
    public async Task Header_values_that_an_endpoint_repeats_are_not_shown()
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            var request = await peer.ReadRequestAsync();
            await peer.RespondAsync(400, $"your tenant was {request!.Header("X-Tenant")}");
        });
        var destination = New(new DestinationOptions
        {
            Url = server.Endpoint.AbsoluteUri,
            Request = new RequestOptions { Headers = [new("X-Tenant", "SECRET-TENANT")] },
        });

        Assert.Equal("your tenant was ***", (await destination.SendAsync("{}"u8.ToArray(), "1", Cancel)).Detail);
    }

    [Fact]
    public async Task An_empty_body_is_sent_too()
    {
        await using var server = ScriptedServer.StartAnswering(200);

        var result = await To(server).SendAsync(ReadOnlyMemory<byte>.Empty, "1", Cancel);

        Assert.Equal(Verdict.Delivered, result.Verdict);
        Assert.Equal("0", (await server.NextRequestAsync()).Header("Content-Length"));
    }

    HttpDestination To(ScriptedServer server, Authentication? authentication = null) =>
        New(new DestinationOptions { Url = server.Endpoint.AbsoluteUri, Authentication = authentication ?? Authentication.None });

    HttpDestination New(DestinationOptions options, RetryOptions? retry = null)
    {
        var destination = new HttpDestination(options, Some.Format(), retry ?? new RetryOptions(), TimeProvider.System);
        _destinations.Add(destination);
        return destination;
    }
}
