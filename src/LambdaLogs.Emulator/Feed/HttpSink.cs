using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>POSTs to a subscriber's listener. As on Lambda, <c>sandbox.localdomain</c> is the loopback address.</summary>
internal sealed class HttpSink : ITelemetrySink
{
    static readonly MediaTypeHeaderValue Json = new("application/json");

    readonly HttpMessageInvoker _client;
    readonly Uri _address;
    readonly HttpMethod _method;

    /// <param name="subscription">The subscription, which names port and path.</param>
    /// <param name="connect">Creates a TCP socket in the network of the sandbox.</param>
    public HttpSink(SubscriptionRequest subscription, Func<Socket> connect)
    {
        _address = new Uri($"http://sandbox.localdomain:{subscription.Port}{subscription.Path}");
        _method = subscription.IsPut ? HttpMethod.Put : HttpMethod.Post;
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = (_, cancel) => ConnectAsync(connect(), subscription.Port, cancel),
        });
    }

    public async Task<string?> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        try
        {
            using var request = new HttpRequestMessage(_method, _address) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = Json;
            using var response = await _client.SendAsync(request, cancel);
            return (int)response.StatusCode < 400 ? null : $"could not send events: status {(int)response.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return $"could not send events: {e.Message}";
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException
            && !cancel.IsCancellationRequested)
        {
            // The connection was closed with its process, or the sink was replaced while the request waited.
            return $"could not send events: {e.Message}";
        }
    }

    public void Dispose() => _client.Dispose();

    static async ValueTask<Stream> ConnectAsync(Socket socket, int port, CancellationToken cancel)
    {
        socket.NoDelay = true;
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
