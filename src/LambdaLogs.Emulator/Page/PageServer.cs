using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Endpoints;
using LambdaLogs.Emulator.Scenarios;
using Microsoft.AspNetCore.Http;

namespace LambdaLogs.Emulator.Page;

/// <summary>Serves the page that shows and controls a run. It listens on the loopback address and loads nothing from other hosts.</summary>
/// <remarks>
/// Other pages in the same browser must not reach it. The Host header must name this machine, which prevents DNS rebinding, and a request
/// that changes something must be JSON from this page's own origin.
/// </remarks>
internal sealed class PageServer : IAsyncDisposable
{
    const int BodyBytesMax = 8 * 1024 * 1024;

    readonly EmulatedLambda _lambda;
    readonly ScriptedDestination? _destination;
    readonly PageFeed _feed;
    readonly ApiServer _server;

    PageServer(EmulatedLambda lambda, ScriptedDestination? destination, TaskCompletionSource<PageServer> started, ApiServer server)
    {
        _lambda = lambda;
        _destination = destination;
        _feed = new PageFeed(lambda, destination);
        _server = server;
        started.SetResult(this);
    }

    /// <summary>The page's URL.</summary>
    public Uri Address => new($"http://127.0.0.1:{_server.Port}/");

    /// <summary>Starts the server. Throws IOException if the port is in use.</summary>
    /// <param name="port">The port, or zero for any.</param>
    /// <param name="lambda">A sandbox that has not begun, so that no event is missed. Its options must record bodies.</param>
    /// <param name="destination">The destination to show. Null if there is none.</param>
    public static async Task<PageServer> StartAsync(int port, EmulatedLambda lambda, ScriptedDestination? destination)
    {
        var started = new TaskCompletionSource<PageServer>();
        var server = await ApiServer.StartAsync(port, async http => await (await started.Task).HandleAsync(http));
        return new PageServer(lambda, destination, started, server);
    }

    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        await _server.DisposeAsync();
    }

    Task HandleAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        if (http.Request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
            return RespondTextAsync(http, 403, "This page responds to 127.0.0.1 and localhost only.");

        var path = http.Request.Path.Value ?? "/";
        return http.Request.Method switch
        {
            "GET" when path.StartsWith("/api/", StringComparison.Ordinal) => GetAsync(http, path),
            "GET" => AssetAsync(http, path),
            "POST" when !IsSameOrigin(http) => RespondTextAsync(http, 403, "Only requests from this page are allowed."),
            "POST" => PostAsync(http, path),
            _ => RespondTextAsync(http, 405, "GET and POST only."),
        };
    }

    /// <summary>A page of another origin can send neither this content type nor this origin.</summary>
    static bool IsSameOrigin(HttpContext http) =>
        http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true
        && (http.Header("Origin") is not { } origin || origin == $"http://{http.Request.Host.Value}");

    Task GetAsync(HttpContext http, string path) => path.Split('/') switch
    {
        [_, _, "events"] => _feed.StreamAsync(http),
        [_, _, "events", var index, "request"] => BodyAsync(http, _feed.Body(index, isRequest: true)),
        [_, _, "events", var index, "response"] => BodyAsync(http, _feed.Body(index, isRequest: false)),
        [_, _, "received", var index] => BodyAsync(http, _feed.Received(index)),
        _ => RespondTextAsync(http, 404, "Not found."),
    };

    async Task PostAsync(HttpContext http, string path)
    {
        var body = await http.ReadBodyAsync(BodyBytesMax);
        if (body is null)
            await RespondTextAsync(http, 413, $"The body is larger than {BodyBytesMax >> 20} MB.");
        else if (path == "/api/invoke")
            await InvokeAsync(http, body.Value);
        else if (path is "/api/freeze" or "/api/thaw")
            await DoneAsync(http, path == "/api/freeze" ? _lambda.Freeze : _lambda.Thaw);
        else if (path == "/api/step")
            await StepAsync(http, body.Value);
        else
            await RespondTextAsync(http, 404, "Not found.");
    }

    async Task InvokeAsync(HttpContext http, ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var _ = JsonDocument.Parse(payload);
        }
        catch (JsonException e)
        {
            await RespondTextAsync(http, 400, $"The event is not JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
            return;
        }

        if (await _lambda.InvokeAsCallerAsync(payload, http.RequestAborted) is not { } result)
        {
            await RespondTextAsync(http, 429, "Throttled: all environments are busy and --concurrency is reached.");
            return;
        }

        http.Response.Headers["x-amzn-RequestId"] = result.RequestId;
        if (result.FunctionError is { } error)
            http.Response.Headers["X-Amz-Function-Error"] = error;
        await http.RespondAsync(200, result.Payload);
    }

    /// <summary>Performs a scenario step other than an invocation or a pause.</summary>
    async Task StepAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        ScenarioStep? step = null;
        try
        {
            step = JsonSerializer.Deserialize(body.Span, ScenarioJson.Default.ScenarioStep);
        }
        catch (JsonException)
        {
            // A missing step is reported below.
        }

        var problem = step is null ? "The body is not a scenario step." : ScenarioReader.ProblemOf(step);
        if (step is null || problem is not null)
        {
            await RespondTextAsync(http, 400, problem!);
            return;
        }

        if (step.Endpoint is not null && _destination is null)
        {
            await RespondTextAsync(http, 409, "This run has no destination; use ${destination} in the value of a variable.");
            return;
        }

        await ScenarioPlayer.RunSingleStepAsync(step, _lambda, _destination, TimeProvider.System, http.RequestAborted);
        await http.RespondAsync(200, HttpExchange.StatusOk);
    }

    static Task DoneAsync(HttpContext http, Action action)
    {
        action();
        return http.RespondAsync(200, HttpExchange.StatusOk);
    }

    static Task AssetAsync(HttpContext http, string path) => PageAssets.Find(path) is { } asset
        ? http.RespondAsync(200, asset.Content, asset.Type)
        : RespondTextAsync(http, 404, "Not found.");

    static Task BodyAsync(HttpContext http, ReadOnlyMemory<byte>? body) => body is { } found
        ? http.RespondAsync(200, found, "text/plain; charset=utf-8")
        : RespondTextAsync(http, 404, "This body was not recorded.");

    static Task RespondTextAsync(HttpContext http, int status, string text) =>
        http.RespondAsync(status, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");
}
