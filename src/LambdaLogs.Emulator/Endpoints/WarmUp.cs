using System.Net;
using System.Net.Sockets;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>
/// Calls the Runtime API several times with requests that it rejects, so that the first measured process does not wait for the emulator's
/// own start-up work: JIT compilation, a connection, and the HTTP client of the telemetry feed.
/// </summary>
internal static class WarmUp
{
    static readonly (HttpMethod Method, string Path)[] Refused =
    [
        (HttpMethod.Post, "/2020-01-01/extension/register"),
        (HttpMethod.Get, "/2020-01-01/extension/event/next"),
        (HttpMethod.Put, "/2022-07-01/telemetry"),
        (HttpMethod.Post, "/2018-06-01/runtime/invocation/none/response"),
    ];

    /// <param name="port">The port of the Runtime API on the loopback address.</param>
    /// <param name="connect">Creates a TCP socket in the network of the sandbox.</param>
    public static async Task RunAsync(int port, Func<Socket> connect)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancel) =>
            {
                var socket = connect();
                await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        foreach (var (method, path) in Refused)
        {
            using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{port}{path}");
            if (method != HttpMethod.Get)
                request.Content = new ByteArrayContent("{}"u8.ToArray());
            using var response = await client.SendAsync(request, CancellationToken.None);
        }

        // Uses the same path as the telemetry feed. The URL path is unknown, so it is rejected too.
        var nobody = new SubscriptionRequest { Schema = SchemaVersion.V20220701, Types = EventStream.Platform, Port = port };
        using var sink = new HttpSink(nobody, connect);
        await sink.SendAsync("[]"u8.ToArray(), CancellationToken.None);
    }
}
