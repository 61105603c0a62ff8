using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace LambdaLogs.Emulator.Destination;

/// <summary>One accepted connection: reads requests and handles each as the script says, until the connection ends.</summary>
/// <param name="owner">The destination whose script is used.</param>
/// <param name="socket">The socket. This object owns it.</param>
/// <param name="number">The connection's number, from 1.</param>
internal sealed class DestinationConnection(ScriptedDestination owner, Socket socket, int number)
{
    readonly Lock _lock = new();
    bool _isIdle = true;
    bool _isDropPending;

    /// <summary>Serves the connection. Does not throw, whatever the peer does.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            await using var stream = await OpenAsync(cancel);
            var reader = new RequestReader(stream);
            while (await reader.ReadHeadAsync(cancel) is { } head)
            {
                SetIdle(false);
                if (!await ServeAsync(head, reader, stream, cancel))
                    return;

                SetIdle(true);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or InvalidDataException or System.Security.Authentication.AuthenticationException)
        {
            // The peer closed the connection, did not send valid HTTP or TLS, or the script dropped the connection. None of these is an
            // error.
        }
        finally
        {
            socket.Dispose();
        }
    }

    /// <summary>Resets the connection. Thread-safe.</summary>
    /// <param name="afterResponse">True: the current request is responded to first. False: it is aborted.</param>
    public void Drop(bool afterResponse)
    {
        lock (_lock)
        {
            _isDropPending = true;
            if (_isIdle || !afterResponse)
                Reset();
        }
    }

    void Reset()
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection ended in the meantime.
        }

        socket.Dispose();
    }

    void SetIdle(bool isIdle)
    {
        lock (_lock)
        {
            _isIdle = isIdle;
            if (isIdle && _isDropPending)
                Reset();
        }
    }

    async Task<Stream> OpenAsync(CancellationToken cancel)
    {
        if (owner.IsSilent)
            await Task.Delay(Timeout.InfiniteTimeSpan, owner.Time, cancel);

        var network = new NetworkStream(socket, ownsSocket: false);
        if (owner.ServerOptions is not { } tls)
            return network;

        var secure = new SslStream(network);
        await secure.AuthenticateAsServerAsync(tls, cancel);
        owner.CountHandshake();
        return secure;
    }

    /// <returns>False if the connection has ended.</returns>
    async Task<bool> ServeAsync(RequestHead head, RequestReader reader, Stream stream, CancellationToken cancel)
    {
        var response = owner.Decide(head);
        var body = new ArrayBufferWriter<byte>();
        if (response.Kind is ResponseKind.ResetMidRequest)
        {
            owner.Record(head, body.WrittenMemory, response, number, isComplete: false);
            Reset();
            return false;
        }

        if (head.ExpectsContinue)
            await stream.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray(), cancel);
        try
        {
            await reader.ReadBodyAsync(head, body, cancel);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            owner.Record(head, body.WrittenMemory, response, number, isComplete: false);
            throw;
        }

        response = owner.Limit(response, body.WrittenCount);
        owner.Record(head, body.WrittenMemory, response, number, isComplete: true);
        if (response.Delay > TimeSpan.Zero)
            await Task.Delay(response.Delay, owner.Time, cancel);
        return await RespondAsync(response, reader, stream, cancel) && !head.WantsClose;
    }

    async Task<bool> RespondAsync(Response response, RequestReader reader, Stream stream, CancellationToken cancel)
    {
        switch (response.Kind)
        {
            case ResponseKind.Hang:
                await reader.DrainAsync(cancel);
                return false;
            case ResponseKind.Reset:
                Reset();
                return false;
            case ResponseKind.Close:
                return false;
            case ResponseKind.CloseAfterHeaders:
                await stream.WriteAsync(Head(response), cancel);
                return false;
            case ResponseKind.ByteByByte:
                await RespondByteByByteAsync(response, stream, cancel);
                return true;
            default:
                await stream.WriteAsync((byte[])[.. Head(response), .. response.Body.Span], cancel);
                return true;
        }
    }

    async Task RespondByteByByteAsync(Response response, Stream stream, CancellationToken cancel)
    {
        byte[] all = [.. Head(response), .. response.Body.Span];
        foreach (var one in all)
        {
            await stream.WriteAsync(new[] { one }, cancel);
            await Task.Delay(response.Interval, owner.Time, cancel);
        }
    }

    static byte[] Head(Response response)
    {
        var head = new StringBuilder($"HTTP/1.1 {response.Status} Scripted\r\n");
        foreach (var (name, value) in response.Headers)
            head.Append($"{name}: {value}\r\n");
        return Encoding.Latin1.GetBytes(head.Append($"Content-Length: {response.Body.Length}\r\n\r\n").ToString());
    }
}
