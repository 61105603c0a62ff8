using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Destination;

public sealed class ScriptedDestinationTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_request_is_recorded_whole_and_gets_200()
    {
        await using var destination = ScriptedDestination.Start();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(destination.Endpoint, "/a?b=1"));
        request.Content = new StringContent("body");
        request.Headers.Add("X-Test", "yes");
        using var response = await http.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = Assert.Single(destination.Requests);
        Assert.Equal(("PUT", "/a?b=1", "body", "yes", true), (seen.Method, seen.Target, seen.Text, seen.Header("x-test"), seen.IsComplete));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Chunked_and_compressed_bodies_are_read()
    {
        await using var destination = ScriptedDestination.Start();
        using var http = new HttpClient();
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync("plain text"u8.ToArray(), Cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, destination.Endpoint);
        request.Content = new ByteArrayContent(packed.ToArray());
        request.Content.Headers.ContentEncoding.Add("gzip");
        request.Headers.TransferEncodingChunked = true;
        await http.SendAsync(request, Cancel);

        Assert.Equal("plain text", destination.Requests[0].Text);
        Assert.Equal(packed.ToArray(), destination.Requests[0].Body.ToArray());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Responses_follow_the_queue_then_the_default_and_the_script_decides_first()
    {
        await using var destination = ScriptedDestination.Start();
        destination.Default = Response.WithStatus(204);
        destination.Next(Response.WithStatus(503), times: 2);
        destination.Next(Response.RetryAfter(429, 7));
        destination.Script = head => head.Target == "/special" ? Response.WithStatus(418) : null;
        using var http = new HttpClient();

        var codes = new List<int>();
        foreach (var path in new[] { "/", "/special", "/", "/", "/" })
            codes.Add((int)(await http.PostAsync(new Uri(destination.Endpoint, path), new StringContent("x"), Cancel)).StatusCode);
        Assert.Equal([503, 418, 503, 429, 204], codes);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_body_over_the_limit_gets_413()
    {
        await using var destination = ScriptedDestination.Start(new DestinationOptions { MaxBodyBytes = 10 });
        using var http = new HttpClient();
        Assert.Equal(413, (int)(await http.PostAsync(destination.Endpoint, new StringContent("12345678901"), Cancel)).StatusCode);
        Assert.Equal(200, (int)(await http.PostAsync(destination.Endpoint, new StringContent("1234567890"), Cancel)).StatusCode);
        Assert.Equal(1, destination.ConnectionsAccepted);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Responses_can_break_off_in_every_way()
    {
        await using var destination = ScriptedDestination.Start();
        foreach (var response in new[] { Response.Reset, Response.Close, Response.CloseAfterHeaders, Response.ResetMidRequest })
        {
            destination.Next(response);
            using var http = new HttpClient();
            await Assert.ThrowsAnyAsync<HttpRequestException>(
                () => http.PostAsync(destination.Endpoint, new StringContent(new string('x', 1000)), Cancel));
        }

        Assert.Equal([true, true, true, false], destination.Requests.Select(r => r.IsComplete));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_hanging_response_never_comes()
    {
        await using var destination = ScriptedDestination.Start();
        destination.Default = Response.Hang;
        using var http = new HttpClient();
        var post = http.PostAsync(destination.Endpoint, new StringContent("x"), Cancel);
        await destination.WaitForCountAsync(1, Limit.Wait, Cancel);
        Assert.False(post.IsCompleted);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_response_can_come_byte_by_byte_and_late()
    {
        await using var destination = ScriptedDestination.Start();
        destination.Next(Response.ByteByByte(TimeSpan.FromMilliseconds(1)) with { Body = "slow"u8.ToArray() });
        destination.Next(Response.Ok.After(TimeSpan.FromMilliseconds(200)));
        using var http = new HttpClient();

        Assert.Equal("slow", await (await http.PostAsync(destination.Endpoint, null, Cancel)).Content.ReadAsStringAsync(Cancel));
        var before = TimeProvider.System.GetTimestamp();
        await http.PostAsync(destination.Endpoint, null, Cancel);
        Assert.True(TimeProvider.System.GetElapsedTime(before) >= TimeSpan.FromMilliseconds(195));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Idle_connections_can_be_dropped()
    {
        await using var destination = ScriptedDestination.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, destination.Port, Cancel);
        await client.GetStream().WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Cancel);
        var buffer = new byte[1000];
        Assert.True(await client.GetStream().ReadAsync(buffer, Cancel) > 0);

        // Whether the connection counts as idle yet or not: it goes.
        destination.DropConnections();
        await Assert.ThrowsAsync<IOException>(async () => await client.GetStream().ReadExactlyAsync(buffer, Cancel));
        Assert.Equal(1, destination.ConnectionsAccepted);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Tls_is_served_with_a_certificate_of_its_own_authority()
    {
        await using var destination = ScriptedDestination.Start(new DestinationOptions { IsTls = true });
        using var authority = X509Certificate2.CreateFromPem(destination.AuthorityPem);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
        using var http = new HttpClient(handler);
        Assert.Equal(200, (int)(await http.PostAsync(destination.Endpoint, new StringContent("x"), Cancel)).StatusCode);
        Assert.Equal(200, (int)(await http.PostAsync($"https://localhost:{destination.Port}/", null, Cancel)).StatusCode);
        Assert.Equal(2, destination.Handshakes);

        using var strict = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => strict.PostAsync(destination.Endpoint, null, Cancel));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_silent_destination_accepts_and_says_nothing()
    {
        await using var destination = ScriptedDestination.Start(new DestinationOptions { IsTls = true });
        destination.IsSilent = true;
        using var http = new HttpClient();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var post = http.PostAsync(destination.Endpoint, null, enough.Token);
        while (destination.ConnectionsAccepted == 0)
            await Task.Delay(5, Cancel);

        // Given time for what must not happen; a busy machine only makes the test see less.
        await Task.Delay(100, Cancel);
        Assert.Equal((1, 0, false), (destination.ConnectionsAccepted, destination.Handshakes, post.IsCompleted));
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Nonsense_costs_only_its_connection()
    {
        await using var destination = ScriptedDestination.Start();
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, destination.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("nonsense\r\n\r\n"), Cancel);
        Assert.Equal(0, await client.GetStream().ReadAsync(new byte[10], Cancel));

        using var http = new HttpClient();
        Assert.Equal(200, (int)(await http.PostAsync(destination.Endpoint, null, Cancel)).StatusCode);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_wait_finds_past_requests_and_says_what_came_instead()
    {
        await using var destination = ScriptedDestination.Start();
        using var http = new HttpClient();
        await http.PostAsync(new Uri(destination.Endpoint, "/one"), null, Cancel);
        Assert.Equal(0, (await destination.WaitForAsync(r => r.Target == "/one", Limit.Wait, cancel: Cancel)).Index);

        var error = await Assert.ThrowsAsync<TimeoutException>(
            () => destination.WaitForAsync(r => r.Target == "/two", TimeSpan.FromMilliseconds(50), cancel: Cancel));
        Assert.Contains("POST /one", error.Message, StringComparison.Ordinal);
    }
}
