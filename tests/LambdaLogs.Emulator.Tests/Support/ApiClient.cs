using System.Net;
using System.Text;
using System.Text.Json;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Makes the calls of an extension or a runtime over HTTP, as the test tells it.</summary>
internal sealed class ApiClient(EmulatedLambda lambda) : IDisposable
{
    readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://{lambda.RuntimeApi}"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public string? Id { get; set; }

    public async Task<ApiResponse> SendAsync(
        HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (Id is not null)
            request.Headers.Add("Lambda-Extension-Identifier", Id);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        return new ApiResponse(response.StatusCode, text, all);
    }

    public async Task<ApiResponse> RegisterAsync(string name, params string[] events)
    {
        var response = await SendAsync(
            HttpMethod.Post,
            "/2020-01-01/extension/register",
            JsonSerializer.Serialize(new { events }),
            ("Lambda-Extension-Name", name));
        if (response.Headers.TryGetValue("Lambda-Extension-Identifier", out var id))
            Id = id;
        return response;
    }

    public Task<ApiResponse> NextAsync() => SendAsync(HttpMethod.Get, "/2020-01-01/extension/event/next");

    public Task<ApiResponse> SubscribeAsync(int port, string schema = "2022-12-13", string types = "\"platform\",\"function\"") => SendAsync(
        HttpMethod.Put,
        "/2022-07-01/telemetry",
        $$$"""
        {"schemaVersion":"{{{schema}}}","types":[{{{types}}}],"buffering":{"maxItems":1000,"maxBytes":262144,"timeoutMs":25},
         "destination":{"protocol":"HTTP","URI":"http://sandbox.localdomain:{{{port}}}/telemetry"}}
        """);

    public void Dispose() => _http.Dispose();
}

/// <summary>What came back.</summary>
internal sealed record ApiResponse(HttpStatusCode Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>A string member of the body.</summary>
    public string? Member(string name)
    {
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
    }

    /// <summary>Asserts an error of the APIs inside the sandbox.</summary>
    public void IsError(int status, string type, string messagePart)
    {
        Assert.Equal(status, (int)Status);
        Assert.Equal(type, Member("errorType"));
        Assert.Contains(messagePart, Member("errorMessage"), StringComparison.Ordinal);
    }
}
