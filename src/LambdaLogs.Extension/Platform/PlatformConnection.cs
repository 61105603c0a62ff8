using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// One kept-alive connection to Lambda's own APIs. Blocking, without a time limit: the sandbox may be frozen for hours inside a call.
/// Used by the loop's thread only.
/// </summary>
/// <param name="address">Where the APIs are.</param>
/// <param name="authority">The same as text, for the Host header.</param>
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
    /// <param name="headers">Further header lines, each with its line end.</param>
    /// <param name="body">The body; empty for none.</param>
    /// <exception cref="PlatformException">The platform cannot be reached, or its response is no HTTP.</exception>
    public PlatformResponse Call(string line, string headers, string body)
    {
        Ask(line, headers, body);
        return Response();
    }

    /// <summary>Sends one request. What goes wrong shows in <see cref="Response"/>.</summary>
    public void Ask(string line, string headers, string body)
    {
        // Joined texts only, no formatted numbers: formatting would pull the array pool and its random generator into start-up.
        var size = DecimalText.Of(Encoding.UTF8.GetByteCount(body));
        var length = line.StartsWith('P') ? "Content-Length: " + size + "\r\n" : "";
        _request = Encoding.UTF8.GetBytes(line + " HTTP/1.1\r\nHost: " + authority + "\r\n" + headers + length + "\r\n" + body);
        _reused = _socket is not null;
        _sent = TrySend();
    }

    /// <summary>Waits for the response to the request that was sent last.</summary>
    /// <exception cref="PlatformException">The platform cannot be reached, or its response is no HTTP.</exception>
    public PlatformResponse Response()
    {
        var received = _sent && TryReceive();
        // A kept-alive connection may have died while the sandbox was frozen. On a new one a second failure is a real one.
        if (!received && _reused)
            received = TrySend() && TryReceive();
        if (!received)
            throw new PlatformException($"{StartLine(_request)}: no response from {authority}");

        var response = new PlatformResponse(_responses.Head, _responses.Body);
        if (!response.Head.KeepsAlive)
            Drop();
        return response;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Drop();
        _responses.Dispose();
    }

    bool TrySend()
    {
        if (_socket is null)
        {
            _socket = TcpSocket.Connect(address, out _);
            // Half a response over the former connection is not the beginning of one over this.
            _responses.StartOver();
        }
        else
        {
            _responses.Next();
        }

        if (_socket is not null && _socket.Send(_request))
            return true;

        Drop();
        return false;
    }

    bool TryReceive()
    {
        var state = ReadState.Incomplete;
        while (state == ReadState.Incomplete)
        {
            var count = _socket!.Receive(_responses.Free());
            state = count > 0 ? _responses.Read(count) : _responses.Close();
            while (state == ReadState.Complete && _responses.Head.Status < 200)
                state = PassOverInterim();
        }

        if (state == ReadState.Complete)
            return true;

        Drop();
        return false;
    }

    /// <summary>A response of 1xx is not the response yet, whether it was asked for or not; RFC 9110, section 15.2.</summary>
    ReadState PassOverInterim()
    {
        _responses.Next();
        return _responses.Read(0);
    }

    static string StartLine(ReadOnlySpan<byte> request) => Encoding.ASCII.GetString(request[..request.IndexOf((byte)'\r')]);

    void Drop()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
