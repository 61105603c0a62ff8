// A Lambda extension in C#: it subscribes to the Telemetry API or, where USE_LOGS_API is set, the Logs API, over HTTP or, where OVER_TCP is set,
// TCP, with the default buffering; it keeps what it gets, and prints the function's lines at the next event. Published, its executable goes
// into /opt/extensions of a layer, mode 0755.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

var name = Path.GetFileName(Environment.ProcessPath!);
var api = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}");
var kept = new ConcurrentQueue<JsonElement>();
var total = 0;

// No time limit: the environment may be frozen for hours inside a call. No proxy either: the API is on this machine.
using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = api, Timeout = Timeout.InfiniteTimeSpan };
using var register = new HttpRequestMessage(HttpMethod.Post, "/2020-01-01/extension/register")
{
    Headers = { { "Lambda-Extension-Name", name } },
    Content = JsonContent.Create(new { events = new[] { "INVOKE", "SHUTDOWN" } }),
};
using var registered = (await http.SendAsync(register)).EnsureSuccessStatusCode();
http.DefaultRequestHeaders.Add("Lambda-Extension-Identifier", registered.Headers.GetValues("Lambda-Extension-Identifier").Single());

var isTcp = Environment.GetEnvironmentVariable("OVER_TCP") is { Length: > 0 };
var isLogsApi = Environment.GetEnvironmentVariable("USE_LOGS_API") is { Length: > 0 };
var reading = new Lock();
var connections = new List<(Socket Socket, List<byte> Left)>();
using var lines = new TcpListener(IPAddress.Any, 0);
var port = isTcp ? ListenForLines() : ListenForPosts();
using var subscribed = await http.PutAsJsonAsync(isLogsApi ? "/2020-08-15/logs" : "/2022-07-01/telemetry", new
{
    schemaVersion = isLogsApi ? "2021-03-18" : "2022-12-13",
    types = new[] { "platform", "function" },
    destination = (isTcp, isLogsApi) switch
    {
        (true, true) => (object)new { protocol = "TCP", port },
        (true, false) => new { protocol = "TCP", URI = $"tcp://sandbox.localdomain:{port}" },
        _ => new { protocol = "HTTP", URI = $"http://sandbox.localdomain:{port}" },
    },
});
subscribed.EnsureSuccessStatusCode();

string? kind;
do
{
    using var next = JsonDocument.Parse(await http.GetStringAsync("/2020-01-01/extension/event/next"));
    kind = next.RootElement.GetProperty("eventType").GetString();
    Dispatch();
}
while (kind != "SHUTDOWN");

Console.WriteLine($"[{name}] {total} lines of the function");

void Dispatch()
{
    if (isTcp)
        ReadLines();
    while (kept.TryDequeue(out var item))
    {
        if (item.GetProperty("type").GetString() != "function")
            continue;

        total++;
        Console.WriteLine($"[{name}] {item.GetProperty("record").GetRawText()}");
    }
}

int ListenForPosts()
{
    while (true)
    {
        // An HttpListener finds no free port by itself, and the one that is free now may be taken in a moment.
        var port = FreePort();
        var listener = new HttpListener { Prefixes = { $"http://*:{port}/" } };
        try
        {
            listener.Start();
            _ = Task.Run(() => TakePostsAsync(listener));
            return port;
        }
        catch (HttpListenerException)
        {
            listener.Close();
        }
    }
}

async Task TakePostsAsync(HttpListener listener)
{
    while (true)
    {
        var request = await listener.GetContextAsync();
        using (var body = await JsonDocument.ParseAsync(request.Request.InputStream))
        {
            foreach (var item in body.RootElement.EnumerateArray())
                kept.Enqueue(item.Clone());
        }

        request.Response.StatusCode = 200;
        request.Response.Close();
    }
}

int ListenForLines()
{
    lines.Start();
    _ = Task.Run(async () =>
    {
        while (true)
        {
            ReadLines();
            await Task.Delay(5);
        }
    });
    return ((IPEndPoint)lines.LocalEndpoint).Port;
}

// Nothing is acknowledged over TCP; but what was sent before the next event came is in the sockets' buffers then.
void ReadLines()
{
    lock (reading)
    {
        while (lines.Pending())
            connections.Add((lines.AcceptSocket(), []));
        foreach (var (socket, rest) in connections)
        {
            var buffer = new byte[64 * 1024];
            while (socket.Available > 0)
                rest.AddRange(buffer.AsSpan(0, socket.Receive(buffer)));
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest.RemoveRange(0, end + 1))
                kept.Enqueue(JsonDocument.Parse(Encoding.UTF8.GetString([.. rest[..end]])).RootElement);
        }
    }
}

static int FreePort()
{
    using var probe = new TcpListener(IPAddress.Loopback, 0);
    probe.Start();
    return ((IPEndPoint)probe.LocalEndpoint).Port;
}
