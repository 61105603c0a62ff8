namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// Sends requests to one host, one at a time, and reuses the connection while it is usable. For one thread, except
/// <see cref="InvalidateConnections"/>.
/// </summary>
/// <param name="opener">Opens connections.</param>
/// <param name="time">The monotonic clock.</param>
/// <param name="bodyBytesMax">How many bytes of a response's body are kept.</param>
internal sealed class HttpHostClient(ConnectionOpener opener, TimeProvider time, int bodyBytesMax) : IDisposable
{
    // Unread bytes of a response are read before the next request, without waiting, up to this number.
    const int DrainBytesMax = 64 * 1024;

    readonly ResponseReader _response = new(bodyBytesMax);
    HttpConnection? _connection;
    HttpExchange? _exchange;
    int _generation;

    /// <summary>Opens connections and knows the result of the last attempt.</summary>
    public ConnectionOpener Opener => opener;

    /// <summary>The current exchange, or the last one while its connection is open. Null: none.</summary>
    public HttpExchange? Exchange => _exchange;

    /// <summary>Whether the exchange uses a connection that has served requests before.</summary>
    public bool IsReused => _connection?.Served > 0;

    /// <summary>Whether <see cref="InvalidateConnections"/> was called since the connection was opened: it may be dead unnoticed.</summary>
    public bool MayBeDead => _connection is { } connection && connection.Generation != Volatile.Read(ref _generation);

    /// <summary>Whether a connection is open that can serve the next request.</summary>
    public bool IsOpen => !MayBeDead && _connection is { IsUsable: true };

    /// <summary>Stops using the current connection for new requests. An exchange in progress continues. Never blocks. Any thread.</summary>
    public void InvalidateConnections() => Interlocked.Increment(ref _generation);

    /// <summary>Starts an exchange, over the open connection or a new one.</summary>
    /// <param name="head">The head of the request.</param>
    /// <param name="bodyLength">Length of its body in bytes.</param>
    /// <param name="limit">Limits the opening of a connection.</param>
    /// <param name="failure">Why there is no connection.</param>
    /// <param name="expectsContinue">Whether the head contains <c>Expect: 100-continue</c>.</param>
    public HttpExchange? Begin(
        ReadOnlyMemory<byte> head, int bodyLength, WaitLimit limit, out WireFailure failure, bool expectsContinue = false)
    {
        failure = default;
        EndExchange();
        if (MayBeDead || _connection is { IsUsable: false })
            Close();

        if (_connection is null && !TryOpen(limit, out failure))
            return null;

        _response.Reset();
        return _exchange = new HttpExchange(_connection!.Channel, head, bodyLength, _response) { ExpectsContinue = expectsContinue };
    }

    /// <summary>Call when the response was read as far as needed.</summary>
    public void Finish()
    {
        // The rest is read before the next request, when it may have arrived.
        if (_exchange is { IsFullySent: true, Response.State: ResponseState.Body })
            return;

        EndExchange();
    }

    /// <summary>Closes the connection and ends the exchange in progress.</summary>
    public void Close()
    {
        _connection?.Dispose();
        (_connection, _exchange) = (null, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Ends the previous exchange. The connection stays open if it can serve another.</summary>
    void EndExchange()
    {
        if (_connection is null || _exchange is not { } exchange)
            return;

        if (exchange.Response.State == ResponseState.Body)
            exchange.ReadBody(WaitLimit.In(time, TimeSpan.Zero), DrainBytesMax);

        if (!exchange.IsFullySent || !exchange.Response.KeepsConnection)
        {
            Close();
            return;
        }

        _connection.RecordServed(exchange.Response.Head);
        _exchange = null;
    }

    bool TryOpen(WaitLimit limit, out WireFailure failure)
    {
        var generation = Volatile.Read(ref _generation);
        if (opener.Open(limit, out failure) is not { } channel)
            return false;

        _connection = new HttpConnection(channel, time, generation);
        return true;
    }
}
