using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// One persistent connection to Lambda's APIs. Blocks without a timeout, because the environment may be frozen for hours during a call.
/// Used by the loop's thread only.
/// </summary>
/// <param name="address">The address of the APIs.</param>
/// <param name="authority">The address as text, for the Host header.</param>
internal sealed class PlatformConnection(SocketAddress address, string authority) : IDisposable
{
    const int HeadBytesMax = 16 * 1024;
    const int BodyBytesMax = 1024 * 1024;

    readonly HttpMessageReader _responses = new(readsResponses: true, HeadBytesMax, BodyBytesMax, bufferBytes: 4096);
    TcpSocket? _socket;
    byte[] _request = [];
    bool _sent;
    bool _reused;

    /// <summary>Sends one request and waits for its response, which is valid until the next call.</summary>
    /// <param name="line">Method and path, for example <c>GET /2020-01-01/extension/event/next</c>.</param>
    /// <param name="headers">Further header lines, each with its line break.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <exception cref="PlatformException">The platform cannot be reached, or its response is not HTTP.</exception>
    public PlatformResponse Call(string line, string headers, string body)
    {
        Send(Request(line, headers, body));
        return Receive();
    }

    /// <summary>Returns the bytes of a request. The parameters are those of <see cref="Call"/>.</summary>
    public byte[] Request(string line, string headers, string body)
    {
        // Joins strings only, without formatting numbers: formatting would load the array pool and its random generator during start-up.
        var size = DecimalText.Of(Encoding.UTF8.GetByteCount(body));
        var length = line.StartsWith('P') ? "Content-Length: " + size + "\r\n" : "";
        return Encoding.UTF8.GetBytes(line + " HTTP/1.1\r\nHost: " + authority + "\r\n" + headers + length + "\r\n" + body);
    }

    /// <summary>Sends one request. An error is reported by <see cref="Receive"/>.</summary>
    /// <param name="request">All its bytes.</param>
    public void Send(byte[] request)
    {
        _request = request;
        _reused = _socket is not null;
        _sent = TrySend();
    }

    /// <summary>Waits for the response to the last request.</summary>
    /// <exception cref="PlatformException">The platform cannot be reached, or its response is not HTTP.</exception>
    public PlatformResponse Receive()
    {
        var received = _sent && TryReceive();
        // A persistent connection may have died while the environment was frozen. On a new connection a second failure is final.
        if (!received && _reused)
            received = TrySend() && TryReceive();
        if (!received)
            throw new PlatformException($"{StartLine(_request)}: no response from {authority}");

        var response = new PlatformResponse(_responses.Head, _responses.Body);
        if (!response.Head.KeepsAlive)
            Close();
        return response;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _responses.Dispose();
    }

    bool TrySend()
    {
        if (_socket is null)
        {
            _socket = TcpSocket.Connect(address, out _);
            // Discard the part of a response that arrived over the previous connection.
            _responses.Reset();
        }
        else
        {
            _responses.Next();
        }

        if (_socket is not null && _socket.Send(_request))
            return true;

        Close();
        return false;
    }

    bool TryReceive()
    {
        var state = ReadState.Incomplete;
        while (state == ReadState.Incomplete)
        {
            var count = _socket!.Receive(_responses.FreeSpace());
            state = count > 0 ? _responses.Read(count) : _responses.Close();
            while (state == ReadState.Complete && _responses.Head.Status < 200)
                state = SkipInterimResponses();
        }

        if (state == ReadState.Complete)
            return true;

        Close();
        return false;
    }

    /// <summary>Skips 1xx responses, whether they were asked for or not; RFC 9110, section 15.2.</summary>
    ReadState SkipInterimResponses()
    {
        _responses.Next();
        return _responses.Read(0);
    }

    static string StartLine(ReadOnlySpan<byte> request) => Encoding.ASCII.GetString(request[..request.IndexOf((byte)'\r')]);

    void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
