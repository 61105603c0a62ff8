using System.Net;
using System.Text;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Page;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>A sandbox with a page and a destination.</summary>
internal sealed class WatchedSandbox : IAsyncDisposable
{
    readonly PageServer _page;

    WatchedSandbox(EmulatedLambda lambda, ScriptedDestination destination, PageServer page)
    {
        Lambda = lambda;
        Destination = destination;
        _page = page;
        Http = new HttpClient { BaseAddress = page.Address };
    }

    public EmulatedLambda Lambda { get; }

    public ScriptedDestination Destination { get; }

    public HttpClient Http { get; }

    public Uri Address => _page.Address;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Started, through Init.</summary>
    /// <param name="change">Gets the options and the destination's address.</param>
    /// <param name="port">The page's port. Zero: any.</param>
    public static async Task<WatchedSandbox> StartAsync(Func<SandboxOptions, Uri, SandboxOptions>? change = null, int port = 0)
    {
        var destination = ScriptedDestination.Start();
        var options = Some.Options() with { RecordBodies = true };
        var lambda = await EmulatedLambda.CreateAsync(change is null ? options : change(options, destination.Endpoint));
        var page = await PageServer.StartAsync(port, lambda, destination);
        await lambda.BeginAsync(Cancel);
        return new WatchedSandbox(lambda, destination, page);
    }

    public Task<HttpResponseMessage> PostAsync(string path, string body) =>
        Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Cancel);

    /// <summary>What a request with that header gets.</summary>
    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, (string Name, string Value) header)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method == HttpMethod.Post)
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return (await Http.SendAsync(request, Cancel)).StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _page.DisposeAsync();
        await Lambda.DisposeAsync();
        await Destination.DisposeAsync();
    }
}
