using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>One connection of a telemetry sender. Used by the listener's thread only.</summary>
/// <param name="socket">The connection, non-blocking; owned by this object.</param>
/// <param name="bound">Limits the memory of the bodies of all connections.</param>
internal sealed class ListenerConnection(TcpSocket socket, BodyMemoryLimit bound) : IDisposable
{
    const int HeadBytesMax = 16 * 1024;
    const int BufferBytes = 16 * 1024;

    /// <summary>Memory of each connection outside of that limit: a head and a small body.</summary>
    public const int FirstBytes = 2 * BufferBytes;

    // The rest of a body is waited for in parts of this size: fewer wake-ups, and a copy of it that still fits in the processor's cache.
    const int PartBytesMax = 256 * 1024;

    // Less than this is not worth two system calls.
    const int PartBytesMin = 16 * 1024;

    readonly HttpMessageReader _requests = new(readsResponses: false, HeadBytesMax, IBodyHandler.BodyBytesMax, BufferBytes, bound);
    bool _continued;
    int _readableFrom = 1;

    /// <summary>The descriptor, for <c>poll</c>.</summary>
    public int Descriptor => socket.Descriptor;

    /// <summary>When the peer last sent something, as a number that increases with each receive.</summary>
    public long LastHeard { get; set; }

    /// <summary>Total bytes of complete bodies.</summary>
    public long Delivered { get; private set; }

    /// <summary>Reads what has arrived and responds to each complete request.</summary>
    /// <returns>False if the connection must be closed.</returns>
    public bool Receive(IBodyHandler handler)
    {
        var isNew = !_requests.HasHead;
        if (!TryReceive(handler, out var count))
            return false;

        // A body often comes right after its head, in a packet of its own: this saves a call of poll. Only once, so that no peer holds the
        // thread.
        if (isNew && count > 0 && _requests.Missing > 0 && !TryReceive(handler, out _))
            return false;

        AwaitPart(_requests.Missing);
        return true;
    }

    /// <param name="handler">Receives complete bodies.</param>
    /// <param name="count">Number of bytes; 0 if nothing has arrived.</param>
    bool TryReceive(IBodyHandler handler, out int count)
    {
        count = socket.Receive(_requests.FreeSpace());
        if (count == -LibC.ErrorAgain)
        {
            count = 0;
            return true;
        }

        return count > 0 && Read(handler, count);
    }

    bool Read(IBodyHandler handler, int count)
    {
        var state = _requests.Read(count);
        while (state is ReadState.Complete or ReadState.BodyTooLarge)
        {
            AwaitPart(0);
            if (!Respond(handler, state))
                return false;

            _requests.Next();
            _continued = false;
            state = _requests.Read(0);
        }

        if (state == ReadState.Malformed)
            socket.Send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8);
        return state == ReadState.Incomplete && SendContinue();
    }

    /// <summary>
    /// Lets <c>poll</c> report the connection only when a large part of a body is there. A peer that sends less than it has announced waits
    /// for itself alone.
    /// </summary>
    void AwaitPart(int missing)
    {
        var from = missing < PartBytesMin ? 1 : Math.Min(missing, PartBytesMax);
        if (from == _readableFrom)
            return;

        _readableFrom = from;
        socket.ReportReadableFrom(from);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        socket.Dispose();
        _requests.Dispose();
    }

    bool Respond(IBodyHandler handler, ReadState state)
    {
        var head = _requests.Head;
        var keepsAlive = head.KeepsAlive;
        var method = head.Method;
        if (!method.SequenceEqual("POST"u8) && !method.SequenceEqual("PUT"u8))
            return socket.Send("HTTP/1.1 405 Method Not Allowed\r\nAllow: POST, PUT\r\nContent-Length: 0\r\n\r\n"u8) && keepsAlive;

        if (state == ReadState.Complete)
        {
            Delivered += _requests.Body.Length;
            _requests.IsTrusted = true;
            handler.Handle(_requests.Body);
        }
        else
        {
            handler.HandleTooLarge();
        }

        return socket.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"u8) && keepsAlive;
    }

    /// <summary>Responds to Expect: 100-continue.</summary>
    bool SendContinue()
    {
        if (_continued || !_requests.HasHead || !Ascii.EqualsIgnoreCase(_requests.Head.Header("Expect"u8), "100-continue"u8))
            return true;

        _continued = true;
        return socket.Send("HTTP/1.1 100 Continue\r\n\r\n"u8);
    }
}
