using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>A peer of a server on loopback that writes whatever bytes the test wants.</summary>
internal sealed class RawPeer : IDisposable
{
    readonly TcpClient _client = new();
    NetworkStream? _stream;
    string _received = "";

    /// <summary>Connects.</summary>
    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var peer = new RawPeer();
        peer._client.NoDelay = true;
        await peer._client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        peer._stream = peer._client.GetStream();
        return peer;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) =>
        await _stream!.WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask().Within("the server to take bytes");

    /// <summary>Sends a POST.</summary>
    public Task PostAsync(string body) => SendAsync($"POST / HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}");

    /// <summary>Receives one response without body.</summary>
    public async Task<string> RespondAsync()
    {
        int end;
        while ((end = _received.IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            if (!await ReceiveAsync())
                throw new IOException($"The server closed the connection after \"{_received}\".");
        }

        var response = _received[..(end + 4)];
        _received = _received[(end + 4)..];
        return response;
    }

    /// <summary>Receives until the server closes or resets the connection.</summary>
    /// <returns>What came.</returns>
    public async Task<string> UntilClosedAsync()
    {
        try
        {
            while (await ReceiveAsync())
            {
            }
        }
        catch (IOException)
        {
            // A reset: the server did not read all that was sent.
        }

        return _received;
    }

    /// <summary>Says that nothing more will be sent, and still reads.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the connection.</summary>
    public void Reset()
    {
        _client.LingerState = new LingerOption(true, 0);
        _client.Dispose();
    }

    public void Dispose() => _client.Dispose();

    async Task<bool> ReceiveAsync()
    {
        var chunk = new byte[4096];
        var count = await _stream!.ReadAsync(chunk, TestContext.Current.CancellationToken).AsTask().Within("a response");
        _received += Encoding.Latin1.GetString(chunk, 0, count);
        return count > 0;
    }
}
