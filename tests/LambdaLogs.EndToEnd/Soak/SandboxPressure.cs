using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>
/// Another process of the sandbox that does to the listener whatever it can: connections that say nothing more, bodies that never end, made-up ends of invocations and
/// absurd counts.
/// </summary>
sealed class SandboxPressure : IDisposable
{
    const int SlowConnections = 60;

    const int EndlessBodies = 6;

    readonly List<TcpClient> _connections = [];

    /// <summary>Begins, or begins anew where connections were closed.</summary>
    public async Task PressAsync(int port, CancellationToken cancel)
    {
        Dispose();
        for (var count = 0; count < SlowConnections; count++)
            await SendAsync(port, "POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n[", cancel);
        for (var count = 0; count < EndlessBodies; count++)
            await SendAsync(port, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n" + new string(' ', 0x100000 - 1), cancel);
        var body = $"[{string.Join(',', Enumerable.Range(0, 40).Select(_ => Ended(Guid.NewGuid())))},{Absurd}]";
        await SendAsync(port, $"POST / HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}", cancel);
    }

    public void Dispose()
    {
        _connections.ForEach(c => c.Dispose());
        _connections.Clear();
    }

    const string Absurd =
        """{"time":"2026-03-14T09:26:53.101Z","type":"platform.logsDropped","record":{"droppedRecords":9223372036854775807,"droppedBytes":9223372036854775807} }""";

    static string Ended(Guid requestId) =>
        $$"""{"time":"2026-03-14T09:26:53.101Z","type":"platform.runtimeDone","record":{"requestId":"{{requestId}}","status":"success"} }""";

    async Task SendAsync(int port, string text, CancellationToken cancel)
    {
        var peer = new TcpClient();
        _connections.Add(peer);
        try
        {
            await peer.ConnectAsync(IPAddress.Loopback, port, cancel);
            await peer.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), cancel);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The listener has had enough of it.
        }
    }
}
