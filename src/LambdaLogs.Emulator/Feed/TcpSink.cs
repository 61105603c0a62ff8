using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace LambdaLogs.Emulator.Feed;

/// <summary>Writes one event per line over a TCP connection that stays open. There are no acknowledgements.</summary>
/// <param name="port">The port on the loopback address.</param>
/// <param name="connect">Creates a TCP socket in the network of the sandbox.</param>
internal sealed class TcpSink(int port, Func<Socket> connect) : ITelemetrySink
{
    Socket? _socket;

    public async Task<string?> SendAsync(ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        try
        {
            _socket ??= await ConnectAsync(cancel);
            await _socket.SendAsync(Lines(body), cancel);
            return null;
        }
        catch (SocketException e)
        {
            _socket?.Dispose();
            _socket = null;
            return $"could not send events: {e.Message}";
        }
    }

    public void Dispose() => _socket?.Dispose();

    /// <summary>The elements of the array, one per line. A body that is not valid JSON is sent unchanged.</summary>
    static byte[] Lines(ReadOnlyMemory<byte> body)
    {
        using var lines = new MemoryStream(body.Length + 64);
        try
        {
            using var json = JsonDocument.Parse(body);
            foreach (var item in json.RootElement.EnumerateArray())
            {
                lines.Write(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(item));
                lines.WriteByte((byte)'\n');
            }
        }
        catch (JsonException)
        {
            lines.SetLength(0);
            lines.Write(body.Span);
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }

    async Task<Socket> ConnectAsync(CancellationToken cancel)
    {
        var socket = connect();
        socket.NoDelay = true;
        await socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        return socket;
    }
}
