namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// One host that requests go to, one at a time, over a connection that is used again while it is good. For one thread, but for
/// <see cref="Drop"/>.
/// </summary>
/// <param name="opener">Opens connections.</param>
/// <param name="time">The monotonic clock.</param>
/// <param name="bodyBytesMax">How much of a response's body is kept.</param>
internal sealed class HttpPeer(ConnectionOpener opener, TimeProvider time, int bodyBytesMax) : IDisposable
{
    // What is left of a response that nobody waited for: so much of it is read before the next request, without waiting.
    const int DrainBytesMax = 64 * 1024;

    readonly ResponseReader _response = new(bodyBytesMax);
    HttpConnection? _connection;
    HttpExchange? _exchange;
    int _generation;

    /// <summary>Opens connections, and knows what came of the last time.</summary>
    public ConnectionOpener Opener => opener;

    /// <summary>The exchange under way, or the last one while its connection is open. Null: there is none.</summary>
    public HttpExchange? Exchange => _exchange;

    /// <summary>Whether the exchange goes over a connection that has served requests before.</summary>
    public bool IsReused => _connection?.Served > 0;

    /// <summary>Whether the connection was dropped since it was opened: it may be dead without a sign.</summary>
    public bool IsSuspect => _connection is { } connection && connection.Generation != Volatile.Read(ref _generation);

    /// <summary>
    /// Connections open now are not used for another request. What is under way goes on. Never blocks; any thread may call it.
    /// </summary>
    public void Drop() => Interlocked.Increment(ref _generation);

    /// <summary>Begins an exchange, over the open connection or a new one.</summary>
    /// <param name="head">The request's head.</param>
    /// <param name="bodyLength">Bytes of its body.</param>
    /// <param name="limit">Bounds the opening of a connection.</param>
    /// <param name="failure">Why there is no connection.</param>
    /// <param name="expectsContinue">Whether the head asks to wait with the body.</param>
    public HttpExchange? Begin(
        ReadOnlyMemory<byte> head, int bodyLength, WaitLimit limit, out WireFailure failure, bool expectsContinue = false)
    {
        failure = default;
        Settle();
        if (IsSuspect || _connection is { IsUsable: false })
            Close();

        if (_connection is null && !TryOpen(limit, out failure))
            return null;

        _response.StartOver();
        return _exchange = new HttpExchange(_connection!.Channel, head, bodyLength, _response) { ExpectsContinue = expectsContinue };
    }

    /// <summary>The response of the exchange has been read as far as anybody wants it.</summary>
    public void Finish()
    {
        // Read on before the next request: what has not come yet may have come by then.
        if (_exchange is { SentWhole: true, Response.State: ResponseState.Body })
            return;

        Settle();
    }

    /// <summary>Closes the connection, and with it whatever is under way.</summary>
    public void Close()
    {
        _connection?.Dispose();
        (_connection, _exchange) = (null, null);
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Ends the former exchange. The connection stays open where it can serve another.</summary>
    void Settle()
    {
        if (_connection is null || _exchange is not { } exchange)
            return;

        if (exchange.Response.State == ResponseState.Body)
            exchange.ReadBody(WaitLimit.In(time, TimeSpan.Zero), DrainBytesMax);

        if (!exchange.SentWhole || !exchange.Response.KeepsConnection)
        {
            Close();
            return;
        }

        _connection.HasServed(exchange.Response.Head);
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
