using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>One connection of a <see cref="ScriptedServer"/>: the script reads and writes bytes as it likes.</summary>
internal sealed class Peer(ScriptedServer server, Socket socket, Stream stream, int number)
{
    /// <summary>Which connection of the server it is, from 1.</summary>
    public int Number => number;

    /// <summary>The open connection, as bytes.</summary>
    public Stream Stream => stream;

    /// <summary>Ends when the server is stopped.</summary>
    public CancellationToken Stopped => server.Stopped;

    /// <summary>Reads a whole request and puts it on the server's list. Null: the other side closed the connection.</summary>
    public async Task<ReceivedRequest?> ReadRequestAsync()
    {
        if (await ReadHeadAsync() is not { } head)
            return null;

        var lines = head.Split("\r\n");
        var headers = lines[1..].Select(line => (line[..line.IndexOf(':')], line[(line.IndexOf(':') + 1)..].Trim())).ToList();
        var request = new ReceivedRequest(lines[0], headers, [], Number);
        var body = new byte[int.Parse(request.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, Stopped);
        request = request with { Body = body };
        server.Received(request);
        return request;
    }

    /// <summary>Writes a text as it stands.</summary>
    public async Task WriteAsync(string text)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), Stopped);
        await stream.FlushAsync(Stopped);
    }

    /// <summary>Writes a whole response.</summary>
    public Task RespondAsync(int status, string body = "", string headers = "") =>
        WriteAsync($"HTTP/1.1 {status} Whatever\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    /// <summary>Responds with nothing until the other side closes the connection or the server is stopped.</summary>
    public async Task HangAsync()
    {
        var nothing = new byte[1024];
        while (await stream.ReadAsync(nothing, Stopped) > 0)
        {
        }
    }

    /// <summary>Closes the connection hard: the other side sees a reset.</summary>
    public void Reset() => socket.Close(timeout: 0);

    async Task<string?> ReadHeadAsync()
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (true)
        {
            if (await stream.ReadAsync(one, Stopped) == 0)
                return null;

            head.Add(one[0]);
            if (head.Count > 3 && head[^1] == '\n' && head[^2] == '\r' && head[^3] == '\n')
                return Encoding.UTF8.GetString([.. head.Take(head.Count - 4)]);
        }
    }
}
