namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// One request and its response over an open connection. It can be interrupted at any point by a deadline or a signal and continued later:
/// nothing is sent twice. The response is read while the request is still being sent. For one thread.
/// </summary>
/// <param name="channel">The connection.</param>
/// <param name="head">The head of the request, including the empty line. Must not change.</param>
/// <param name="bodyLength">Length of the request's body in bytes.</param>
/// <param name="response">Receives the response.</param>
internal sealed class HttpExchange(IChannel channel, ReadOnlyMemory<byte> head, int bodyLength, ResponseReader response)
{
    // How long to wait for 100 Continue. A server that does not support it sends nothing; RFC 9110, section 10.1.1.
    static readonly TimeSpan ContinueWait = TimeSpan.FromSeconds(1);

    int _sentHead;
    bool _isBroken;
    bool _wantsRead;
    bool _wantsWrite;
    bool _peerClosed;
    long _stepBegun;
    long? _continueUntil;

    /// <summary>The response, as far as it was received.</summary>
    public ResponseReader Response => response;

    /// <summary>Bytes of the body that were passed to the kernel.</summary>
    public int SentBody { get; private set; }

    /// <summary>Length of the body in bytes.</summary>
    public int BodyLength => bodyLength;

    /// <summary>Time spent on sending, without the time between calls and the wait for the response.</summary>
    public TimeSpan SendTime { get; private set; }

    /// <summary>Whether the whole request was passed to the kernel.</summary>
    public bool IsFullySent => _sentHead == head.Length && SentBody == bodyLength;

    /// <summary>Whether the head contains <c>Expect: 100-continue</c>.</summary>
    public bool ExpectsContinue { get; init; }

    /// <summary>Sends the rest of the request and waits for the head of the response.</summary>
    /// <param name="body">The whole body, the same in each call.</param>
    /// <param name="limit">Limits the wait.</param>
    public ExchangeEnd Run(ReadOnlySpan<byte> body, WaitLimit limit)
    {
        _stepBegun = limit.Time.GetTimestamp();
        for (var late = 0; ;)
        {
            if (MaySend(limit.Time))
                Send(body, limit.Time);

            // A response before the whole request was sent is a refusal, so the rest is not sent, unless the status is a success.
            if (HasEnded(out var end))
                return end;

            if (!limit.AllowsRead(ref late))
                return ExchangeEnd.TimedOut;

            if (channel.HasPending || _isBroken)
                Receive();
            else if (!CanContinue(Wait(limit), limit, out end))
                return end;
        }
    }

    /// <summary>Reads more of the response's body.</summary>
    /// <param name="limit">Limits the wait.</param>
    /// <param name="bytesMax">Reading stops if the body is longer.</param>
    /// <returns>Responded: it is complete. Closed: it ended early, is too long or is invalid.</returns>
    public ExchangeEnd ReadBody(WaitLimit limit, int bytesMax)
    {
        var late = 0;
        while (response.State == ResponseState.Body && response.BodyBytes <= bytesMax)
        {
            if (!limit.AllowsRead(ref late))
                return ExchangeEnd.TimedOut;

            if (!channel.HasPending)
            {
                var end = limit.Wait(channel.Descriptor, _wantsWrite ? SocketCalls.PollOut : LibC.PollIn);
                if (end != WaitEnd.Ready)
                    return end == WaitEnd.Interrupted ? ExchangeEnd.Interrupted : ExchangeEnd.TimedOut;
            }

            if (!Receive())
                break;
        }

        return response.State == ResponseState.Complete ? ExchangeEnd.Responded : ExchangeEnd.Closed;
    }

    bool MaySend(TimeProvider time)
    {
        if (IsFullySent || _isBroken || _wantsRead || response.HasHead && response.Status >= 300)
            return false;
        if (_sentHead < head.Length || !ExpectsContinue || response.HasContinue)
            return true;

        _continueUntil ??= WaitLimit.In(time, ContinueWait).Deadline;
        return time.GetTimestamp() >= _continueUntil;
    }

    void Send(ReadOnlySpan<byte> body, TimeProvider time)
    {
        do
        {
            var first = head.Span[_sentHead..];
            // With Expect: 100-continue the body waits.
            var second = ExpectsContinue && !first.IsEmpty ? default : body[SentBody..];
            var result = channel.Send(first, second);
            _wantsRead = result.State == ChannelState.WantsRead;
            _isBroken |= result.State is ChannelState.Broken or ChannelState.Ended;
            if (result.State != ChannelState.Transferred)
                return;

            var ofHead = Math.Min(result.Count, first.Length);
            _sentHead += ofHead;
            SentBody += result.Count - ofHead;
            SendTime += time.GetElapsedTime(_stepBegun);
            _stepBegun = time.GetTimestamp();
        }
        while (MaySend(time));
    }

    bool HasEnded(out ExchangeEnd end)
    {
        end = response.State switch
        {
            ResponseState.Malformed when !response.HasHead => ExchangeEnd.NotHttp,
            ResponseState.HeadTooLarge => ExchangeEnd.HeadTooLarge,
            _ when response.HasHead && (IsFullySent || response.Status >= 300) => ExchangeEnd.Responded,
            _ => ExchangeEnd.Closed,
        };
        return end != ExchangeEnd.Closed || (_isBroken && _peerClosed);
    }

    WaitEnd Wait(WaitLimit limit)
    {
        var events = (short)(LibC.PollIn | (_wantsWrite || MaySend(limit.Time) ? SocketCalls.PollOut : 0));
        var wait = _continueUntil is { } until && !IsFullySent ? limit with { Deadline = Math.Min(limit.Deadline, until) } : limit;
        Span<LibC.PollFd> descriptors = [new LibC.PollFd { Descriptor = channel.Descriptor, Events = events }, default];
        var end = wait.Wait(descriptors);
        if (end == WaitEnd.Ready && (descriptors[0].Returned & ~SocketCalls.PollOut) != 0)
            Receive();

        return end;
    }

    /// <summary>Whether a wait ended in a way that lets the exchange continue.</summary>
    bool CanContinue(WaitEnd wait, WaitLimit limit, out ExchangeEnd end)
    {
        end = wait == WaitEnd.Interrupted ? ExchangeEnd.Interrupted : ExchangeEnd.TimedOut;
        return wait == WaitEnd.Ready || (wait == WaitEnd.TimedOut && limit.Remaining > TimeSpan.Zero);
    }

    /// <summary>Receives the available bytes.</summary>
    /// <returns>False: nothing more will arrive.</returns>
    bool Receive()
    {
        var result = channel.Receive(response.FreeSpace());
        _wantsWrite = result.State == ChannelState.WantsWrite;
        switch (result.State)
        {
            case ChannelState.Transferred:
                _wantsRead = false;
                response.Read(result.Count);
                return true;
            case ChannelState.WantsRead when !_isBroken:
            case ChannelState.WantsWrite when !_isBroken:
                // The event may have been for TLS itself.
                _wantsRead = false;
                return true;
            default:
                response.Close();
                _isBroken = _peerClosed = true;
                return false;
        }
    }
}
