using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>
/// Another process of the sandbox that does to the listener whatever it can, from the first line of an invocation to its end: connections that say nothing more,
/// bodies that never end, made-up ends of invocations and absurd counts.
/// </summary>
sealed class SandboxPressure : IAsyncDisposable
{
    const int SlowConnections = 60;

    // Connections that are open beside those, so that this process keeps its descriptors.
    const int KeptConnections = 100;

    const int EndlessBodies = 12;

    // Just below the largest body that is taken.
    const int EndlessBytes = 0x7E0000;

    // More than the ends of invocations that are kept.
    const int MadeUpEnds = 40;

    const string Absurd =
        """{"time":"2026-03-14T09:26:53.101Z","type":"platform.logsDropped","record":{"droppedRecords":9223372036854775807,"droppedBytes":9223372036854775807} }""";

    readonly List<TcpClient> _connections = [];
    CancellationTokenSource _stop = new();
    Task _pressing = Task.CompletedTask;
    bool _hasPressed;

    /// <summary>Begins, or begins anew where connections were closed.</summary>
    public async Task PressAsync(int port, CancellationToken cancel)
    {
        await StopAsync();
        for (var count = 0; count < SlowConnections; count++)
            await SendAsync(port, "POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n[", cancel);
        for (var count = 0; count < EndlessBodies && !_hasPressed; count++)
            await SendAsync(port, $"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n7F0000\r\n{new string(' ', EndlessBytes)}", cancel);
        _hasPressed = true;
        await SendAsync(port, Post(Absurd), cancel);
        _pressing = PressOnAsync(port, _stop.Token);
    }

    /// <summary>Reports the end of an invocation, with made-up ones behind it in the same body.</summary>
    public async Task ReportEndAsync(int port, string requestId, CancellationToken cancel) =>
        await SendAsync(port, Post(string.Join(',', MadeUp().Prepend(Ended(Guid.Parse(requestId))))), cancel);

    /// <summary>The invocation is over: what is frozen reads nothing.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _pressing;
        _stop.Dispose();
        _stop = new();
        _connections.ForEach(c => c.Dispose());
        _connections.Clear();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    static string Post(string events) => $"POST / HTTP/1.1\r\nConnection: close\r\nContent-Length: {events.Length + 2}\r\n\r\n[{events}]";

    static IEnumerable<string> MadeUp() => Enumerable.Range(0, MadeUpEnds).Select(_ => Ended(Guid.NewGuid()));

    static string Ended(Guid requestId) =>
        $$"""{"time":"2026-03-14T09:26:53.101Z","type":"platform.runtimeDone","record":{"requestId":"{{requestId}}","status":"success"} }""";

    async Task PressOnAsync(int port, CancellationToken cancel)
    {
        var madeUp = Post(string.Join(',', MadeUp()));
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                await SendAsync(port, madeUp, cancel);
                await SendAsync(port, "POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n[", cancel);
                await Task.Delay(1, cancel);
                while (_connections.Count > SlowConnections + EndlessBodies + KeptConnections)
                {
                    _connections[^KeptConnections].Dispose();
                    _connections.RemoveAt(_connections.Count - KeptConnections);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The invocation is over.
        }
    }

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
