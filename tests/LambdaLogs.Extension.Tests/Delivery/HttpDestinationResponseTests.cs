using System.Text;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

/// <summary>Responses whose body decides about records.</summary>
public sealed class HttpDestinationResponseTests
{
    [Fact]
    public async Task A_bulk_response_is_read_to_its_end_however_late_that_comes()
    {
        var result = await SendAsync(FormatKind.Elasticsearch, async peer =>
        {
            const string Body = """{"errors":true,"items":[{"create":{"status":201}},{"create":{"status":429}}]}""";
            await peer.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..20]}");
            await peer.WriteAsync(Body[20..]);
        });
        Assert.Equal(Verdict.Delivered, result.Verdict);
        Assert.Equal([1], result.Partial!.RetryIndices);
    }

    [Fact]
    public async Task A_bulk_response_that_breaks_off_or_is_too_long_is_unreadable()
    {
        var broken = await SendAsync(
            FormatKind.Elasticsearch, peer => peer.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"errors\":t"));
        Assert.True(broken.Partial!.IsUnreadable);
        var endless = await SendAsync(FormatKind.Otlp, peer => peer.RespondAsync(200, new string('x', 70_000)));
        Assert.Equal((Verdict.Delivered, true), (endless.Verdict, endless.Partial!.IsUnreadable));
    }

    [Fact]
    public async Task A_reason_shows_no_secret_and_is_one_line()
    {
        var result = await SendAsync(
            FormatKind.Otlp, peer => peer.RespondAsync(200, """{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"no\nsecret-key here"}}"""));
        Assert.Equal((1, "no *** here"), (result.Partial!.Rejected, result.Partial.Reason));
    }

    [Fact]
    public async Task Splunk_tells_in_a_refusal_where_it_stopped()
    {
        var result = await SendAsync(
            FormatKind.SplunkHec, peer => peer.RespondAsync(400, """{"text":"Invalid data format","code":6,"invalid-event-number":4}"""));
        Assert.Equal((Verdict.Rejected, 4, true), (result.Verdict, result.Partial!.StoppedAt, result.Partial.StoppedForRecord));
        Assert.Contains("Invalid data format", result.Detail);
    }

    [Fact]
    public async Task Lokis_260_is_a_refusal() =>
        Assert.Equal(Verdict.Rejected, (await SendAsync(FormatKind.Loki, peer => peer.RespondAsync(260, "ingestion blocked"))).Verdict);

    [Fact]
    public async Task A_tenant_goes_into_its_header()
    {
        await using var server = ScriptedServer.StartAnswering(204);
        using var destination = New(server, FormatKind.Loki);
        await destination.SendAsync("{}"u8.ToArray(), "1", TestContext.Current.CancellationToken);
        var request = await server.NextRequestAsync();
        Assert.Equal("tenant1", request.Header("X-Scope-OrgID"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("gzip", request.Header("Content-Encoding"));
    }

    static async Task<SendResult> SendAsync(FormatKind kind, Func<Peer, Task> response)
    {
        await using var server = ScriptedServer.Start(async peer =>
        {
            await peer.ReadRequestAsync();
            await response(peer);
        });
        using var destination = New(server, kind);
        return await destination.SendAsync(Encoding.ASCII.GetBytes("{}"), "1", TestContext.Current.CancellationToken).Within("a response");
    }

    static HttpDestination New(ScriptedServer server, FormatKind kind)
    {
        var options = new DestinationOptions { Url = server.Endpoint.AbsoluteUri, Authentication = Authentication.ApiKey("X-Key", "secret-key") };
        return new HttpDestination(options, SampleFormats.New(kind), new RetryOptions(), TimeProvider.System);
    }
}
