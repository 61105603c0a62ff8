// A Lambda extension in C#: it subscribes to the Telemetry API with the default buffering, keeps what it gets, and prints the function's
// lines at the next event. Published, its executable goes into /opt/extensions of a layer, mode 0755.

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
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

var port = FreePort();
using var listener = new HttpListener { Prefixes = { $"http://*:{port}/" } };
listener.Start();
_ = Task.Run(ListenAsync);

using var subscribed = await http.PutAsJsonAsync("/2022-07-01/telemetry", new
{
    schemaVersion = "2022-12-13",
    types = new[] { "platform", "function" },
    destination = new { protocol = "HTTP", URI = $"http://sandbox.localdomain:{port}" },
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
    while (kept.TryDequeue(out var item))
    {
        if (item.GetProperty("type").GetString() != "function")
            continue;

        total++;
        Console.WriteLine($"[{name}] {item.GetProperty("record").GetRawText()}");
    }
}

async Task ListenAsync()
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

static int FreePort()
{
    using var probe = new TcpListener(IPAddress.Loopback, 0);
    probe.Start();
    return ((IPEndPoint)probe.LocalEndpoint).Port;
}
