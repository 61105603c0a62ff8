using System.Net;
using System.Net.Sockets;
using LambdaLogs.Emulator.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>An HTTP server on the loopback address.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    // A runtime's header Lambda-Runtime-Function-XRay-Error-Cause can have 1 MB, and the trailers of a streamed response the whole error.
    const int HeaderBytesMax = 8 * 1024 * 1024;

    static readonly TimeSpan FrozenMax = TimeSpan.FromDays(1);

    readonly WebApplication _app;

    ApiServer(WebApplication app, int port)
    {
        _app = app;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts the server. It accepts requests when this method returns. Throws IOException if the port is in use.</summary>
    /// <param name="port">The port, or zero for any.</param>
    /// <param name="handle">Called for every request. Can throw <see cref="ApiRefused"/>.</param>
    /// <param name="socket">A socket that is already bound, in another network namespace. Null: the server creates one.</param>
    public static async Task<ApiServer> StartAsync(int port, Func<HttpContext, Task> handle, Socket? socket = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;

            kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
            kestrel.Limits.MaxRequestBufferSize = HeaderBytesMax;

            // A frozen process keeps its connections open while it is frozen, also in the middle of a request.
            kestrel.Limits.KeepAliveTimeout = FrozenMax;
            kestrel.Limits.RequestHeadersTimeout = FrozenMax;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            if (socket is null)
                kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
            else
                kestrel.ListenHandle((ulong)socket.Handle, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.Run(http => GuardAsync(http, handle));
        await app.StartAsync();
        return new ApiServer(app, (socket?.LocalEndPoint as IPEndPoint)?.Port ?? new Uri(app.Urls.First()).Port);
    }

    public async ValueTask DisposeAsync()
    {
        // Calls for the next event do not end by themselves, so the server does not wait for them.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    static async Task GuardAsync(HttpContext http, Func<HttpContext, Task> handle)
    {
        try
        {
            await handle(http);
        }
        catch (ApiRefused refused)
        {
            await http.RespondAsync(refused.Error);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionResetException)
        {
            // The calling process was killed or cancelled the request.
            http.Abort();
        }
    }
}
