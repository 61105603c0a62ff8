// A Lambda function with nothing but .NET itself. What an event can ask for: see ../README.md.

using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

// No timeout: the environment may be frozen for hours inside a call. No proxy: the API is on this machine.
using var api = new HttpClient(new SocketsHttpHandler { UseProxy = false })
{
    BaseAddress = new Uri($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/"),
    Timeout = Timeout.InfiniteTimeSpan,
};

if (Environment.GetEnvironmentVariable("FAIL_INIT") is not null)
{
    Console.WriteLine("init fails: FAIL_INIT is set");
    await PostAsync("init/error", Error(new AskedToFailException("FAIL_INIT is set")), "Runtime.InitError");
    return 1;
}

Console.WriteLine("dotnet function is ready");
while (true)
{
    using var next = await api.GetAsync("invocation/next");
    var request = next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single();
    var e = JsonNode.Parse(await next.Content.ReadAsStringAsync())!.AsObject();
    try
    {
        await PostAsync($"invocation/{request}/response", await HandleAsync(e, request));
    }
    catch (AskedToFailException exception)
    {
        Console.WriteLine(exception);
        await PostAsync($"invocation/{request}/error", Error(exception), "Function.AskedToFail");
    }
}

async Task<JsonObject> HandleAsync(JsonObject e, string request)
{
    var count = (int?)e["lines"] ?? 3;
    WriteLines(count, new string('x', (int?)e["size"] ?? 0), (bool?)e["json"] ?? false, request);
    if ((bool?)e["trace"] ?? false)
        WriteTrace();
    await Task.Delay((int?)e["sleepMs"] ?? 0);
    // Not a return from Main: a crash cleans nothing up.
    if (e["exit"] is { } code)
        Environment.Exit((int)code);
    if ((bool?)e["oom"] ?? false)
        UseUpMemory();
    if ((bool?)e["fail"] ?? false)
        throw new AskedToFailException("it was asked to fail");
    return new JsonObject { ["lines"] = count };
}

static void WriteLines(int count, string padding, bool isJson, string request)
{
    for (var i = 1; i <= count; i++)
    {
        Console.WriteLine(isJson
            ? JsonSerializer.Serialize(new { level = "INFO", requestId = request, message = $"line {i} of {count}{padding}" })
            : $"line {i} of {count} {request}{padding}");
    }
}

static void WriteTrace()
{
    try
    {
        throw new AskedToFailException("asked to show a trace", new InvalidOperationException("the cause"));
    }
    catch (AskedToFailException e)
    {
        Console.WriteLine(e);
    }
}

static void UseUpMemory()
{
    var hoard = new List<byte[]>();
    while (true)
    {
        var part = new byte[1 << 20];
        Array.Fill(part, (byte)1);
        hoard.Add(part);
    }
}

static JsonObject Error(Exception e) => new() { ["errorMessage"] = e.Message, ["errorType"] = "AskedToFail", ["stackTrace"] = new JsonArray() };

async Task PostAsync(string path, JsonObject body, string? errorType = null)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
    if (errorType is not null)
        request.Headers.Add("Lambda-Runtime-Function-Error-Type", errorType);
    (await api.SendAsync(request)).Dispose();
}

/// <summary>The event asked for it.</summary>
internal sealed class AskedToFailException(string message, Exception? cause = null) : Exception(message, cause);
