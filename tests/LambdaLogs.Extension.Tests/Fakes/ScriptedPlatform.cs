using System.Net;
using System.Net.Sockets;
using System.Text;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>
/// Lambda's own API as raw bytes on a loopback port: takes requests of <c>Content-Length</c>, one connection after the other, and writes whatever the
/// test says. What the extension sent is kept.
/// </summary>
internal sealed class ScriptedPlatform : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly List<string> _requests = [];
    TcpClient? _client;

    public ScriptedPlatform() => _listener.Start();

    /// <summary>Where it is, as <c>AWS_LAMBDA_RUNTIME_API</c> says it.</summary>
    public string Authority => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>All requests so far, each whole.</summary>
    public IReadOnlyList<string> Requests => _requests;

    /// <summary>How many connections were taken.</summary>
    public int Connections { get; private set; }

    /// <summary>The extension's side of it.</summary>
    public ExtensionsApi Connect() => ExtensionsApi.At(Authority);

    /// <summary>Takes one request and writes bytes.</summary>
    public async Task RespondAsync(string bytes)
    {
        await RequestAsync();
        await WriteAsync(bytes);
    }

    /// <summary>Takes one request and responds with a status and a JSON body.</summary>
    public Task RespondAsync(int status, string body, string headers = "") =>
        RespondAsync($"HTTP/1.1 {status} Whatever\r\nContent-Type: application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Takes a <c>/next</c> and gives an invocation.</summary>
    public Task InvokeAsync(string requestId, DateTimeOffset deadline) => RespondAsync(
        200,
        $$"""{"eventType":"INVOKE","deadlineMs":{{deadline.ToUnixTimeMilliseconds()}},"requestId":"{{requestId}}"}""");

    /// <summary>Takes a <c>/next</c> and gives the end.</summary>
    public Task ShutdownAsync(string reason, DateTimeOffset deadline) => RespondAsync(
        200,
        $$"""{"eventType":"SHUTDOWN","deadlineMs":{{deadline.ToUnixTimeMilliseconds()}},"shutdownReason":"{{reason}}"}""");

    /// <summary>Takes one request, on a new connection where the last one is gone.</summary>
    public async Task<string> RequestAsync()
    {
        while (true)
        {
            var stream = await ConnectionAsync();
            if (await ReadRequestAsync(stream).Within("a request to Lambda") is { } request)
            {
                _requests.Add(request);
                return request;
            }

            CutOff();
        }
    }

    /// <summary>Writes bytes on the connection of the last request.</summary>
    public async Task WriteAsync(string bytes) =>
        await (await ConnectionAsync()).WriteAsync(Encoding.Latin1.GetBytes(bytes), TestContext.Current.CancellationToken);

    /// <summary>Waits for the next request on a new connection, and leaves the last one open.</summary>
    public void TakeAnother() => _client = null;

    /// <summary>Closes the connection, as a freeze or a restart of the platform does.</summary>
    /// <param name="reset">Whether the extension sees a reset rather than an end.</param>
    public void CutOff(bool reset = false)
    {
        if (reset)
            _client?.LingerState = new LingerOption(true, 0);
        _client?.Dispose();
        _client = null;
    }

    public void Dispose()
    {
        CutOff();
        _listener.Stop();
    }

    async Task<NetworkStream> ConnectionAsync()
    {
        if (_client is null)
        {
            _client = await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken).AsTask().Within("a connection to Lambda");
            Connections++;
        }

        return _client.GetStream();
    }

    /// <returns>Null where the connection ended before a request.</returns>
    static async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var chunk = new byte[4096];
        while (!IsWhole(text.ToString()))
        {
            var count = await stream.ReadAsync(chunk, TestContext.Current.CancellationToken);
            if (count == 0)
                return null;

            text.Append(Encoding.Latin1.GetString(chunk, 0, count));
        }

        return text.ToString();
    }

    static bool IsWhole(string text)
    {
        const string Header = "Content-Length: ";
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;

        var at = text.IndexOf(Header, StringComparison.Ordinal);
        var length = at < 0 || at > end ? 0 : int.Parse(text.AsSpan(at + Header.Length, text.IndexOf('\r', at) - at - Header.Length));
        return text.Length >= end + 4 + length;
    }
}
