using System.Net;
using System.Net.Sockets;
using System.Text;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Feed;

public sealed class SinkTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_post_goes_to_the_path_as_json_with_lambdas_host_name()
    {
        await using var listener = ScriptedDestination.Start();
        using var sink = new HttpSink(Some.Subscription() with { Port = listener.Port, Path = "/telemetry?x=1" }, FeedSetup.NewSocket);

        Assert.Null(await sink.SendAsync("[]"u8.ToArray(), Cancel));
        var request = Assert.Single(listener.Requests);
        Assert.Equal(("POST", "/telemetry?x=1", "application/json"), (request.Method, request.Target, request.Header("Content-Type")));
        Assert.Equal($"sandbox.localdomain:{listener.Port}", request.Header("Host"));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_status_from_400_on_is_a_failure_and_so_is_a_reset()
    {
        await using var listener = ScriptedDestination.Start();
        using var sink = new HttpSink(Some.Subscription() with { Port = listener.Port }, FeedSetup.NewSocket);

        listener.Next(Response.WithStatus(503));
        Assert.Equal("could not send events: status 503", await sink.SendAsync("[]"u8.ToArray(), Cancel));
        listener.Next(Response.Reset);
        Assert.StartsWith("could not send events: ", await sink.SendAsync("[]"u8.ToArray(), Cancel), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Over_tcp_each_event_is_a_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var sink = new TcpSink(((IPEndPoint)listener.LocalEndpoint).Port, FeedSetup.NewSocket);

        Assert.Null(await sink.SendAsync("""[{"a":1},{"b":2}]"""u8.ToArray(), Cancel));
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        Assert.Equal("""{"a":1}""", await reader.ReadLineAsync(Cancel));
        Assert.Equal("""{"b":2}""", await reader.ReadLineAsync(Cancel));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Over_tcp_nobody_listening_is_a_failure()
    {
        using var sink = new TcpSink(1, FeedSetup.NewSocket);
        Assert.NotNull(await sink.SendAsync("[]"u8.ToArray(), Cancel));
    }
}
