namespace LambdaLogs.Extension.Wire;

/// <summary>
/// Connects to the first address of a host that accepts. The next address is tried when the one before has failed or has not responded
/// after a delay; RFC 8305, section 5. For one use.
/// </summary>
/// <param name="addresses">In order of preference, without duplicates.</param>
/// <param name="limit">Limits the whole operation.</param>
internal sealed class ConnectRace(IReadOnlyList<SocketAddress> addresses, WaitLimit limit)
{
    const int OpenMax = 4;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    readonly List<TcpSocket> _pending = [];
    WireFailure _failure = new(WireFault.NameNotFound);
    int _next;

    /// <summary>Connects.</summary>
    /// <param name="failure">The last failure, or a timeout; that there is no route only if it is so for all.</param>
    /// <returns>The connection, non-blocking. Null: no address accepted.</returns>
    public TcpSocket? Run(out WireFailure failure)
    {
        TcpSocket? winner = null;
        var pause = limit;
        while (winner is null && (_pending.Count > 0 || _next < addresses.Count))
        {
            if (_next < addresses.Count && _pending.Count < OpenMax && (_pending.Count == 0 || pause.Remaining == TimeSpan.Zero))
            {
                StartNext();
                pause = limit.AtMost(Pause);
                continue;
            }

            if (_next == addresses.Count || _pending.Count == OpenMax)
                pause = limit;
            if (!TryWait(pause, ref winner))
                break;
        }

        _pending.Remove(winner!);
        foreach (var loser in _pending)
            loser.Dispose();
        failure = winner is null ? _failure : default;
        return winner;
    }

    void StartNext()
    {
        if (TcpSocket.Begin(addresses[_next++], out var error) is { } socket)
            _pending.Add(socket);
        else
            AddFailure(error);
    }

    void AddFailure(int error)
    {
        // An address without a route, such as one of IPv6 on a machine that has none, says less than the failure of another.
        var failure = WireFailure.OfConnecting(error);
        if (failure.Fault != WireFault.Unreachable || _failure.Fault == WireFault.NameNotFound)
            _failure = failure;
    }

    /// <summary>Waits for one of the pending connections.</summary>
    /// <returns>False: there is nothing left to wait for.</returns>
    bool TryWait(WaitLimit pause, ref TcpSocket? winner)
    {
        Span<LibC.PollFd> descriptors = stackalloc LibC.PollFd[OpenMax + 1];
        for (var at = 0; at < _pending.Count; at++)
            descriptors[at] = new LibC.PollFd { Descriptor = _pending[at].Descriptor, Events = SocketCalls.PollOut };

        var end = pause.Wait(descriptors[..(_pending.Count + 1)]);
        if (end == WaitEnd.Interrupted || (end == WaitEnd.TimedOut && limit.Remaining == TimeSpan.Zero))
        {
            _failure = WireFailure.Of(end);
            return false;
        }

        for (var at = _pending.Count - 1; at >= 0 && winner is null; at--)
        {
            if (descriptors[at].Returned != 0)
                CompleteConnect(_pending[at], ref winner);
        }

        return true;
    }

    void CompleteConnect(TcpSocket socket, ref TcpSocket? winner)
    {
        if (socket.ConnectError() is not 0 and var error)
        {
            AddFailure(error);
            _pending.Remove(socket);
            socket.Dispose();
            return;
        }

        winner = socket;
    }
}
