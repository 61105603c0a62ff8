namespace LambdaLogs.Extension.Wire.Http;

/// <summary>
/// One request and its response over an open connection. Can be left at any point, by a deadline or a signal, and taken up again where it
/// stopped: nothing is sent twice. The response is read while the request is still being sent. For one thread.
/// </summary>
/// <param name="channel">The connection.</param>
/// <param name="head">The request's head, with its empty line. Stays unchanged.</param>
/// <param name="bodyLength">Bytes of the request's body.</param>
/// <param name="response">Takes the response; started over before.</param>
internal sealed class HttpExchange(IChannel channel, ReadOnlyMemory<byte> head, int bodyLength, ResponseReader response)
{
    // How long a server may take to say whether it wants the body; one that does not know the question says nothing. RFC 9110, 10.1.1.
    static readonly TimeSpan ContinueWait = TimeSpan.FromSeconds(1);

    int _sentHead;
    bool _isBroken;
    bool _wantsRead;
    bool _wantsWrite;
    bool _nothingMore;
    long _stepBegun;
    long? _continueUntil;

    /// <summary>The response, as far as it has come.</summary>
    public ResponseReader Response => response;

    /// <summary>Bytes of the body that were handed to the kernel.</summary>
    public int SentBody { get; private set; }

    /// <summary>Bytes of the body in all.</summary>
    public int BodyLength => bodyLength;

    /// <summary>How long sending took so far, without the time between the calls and that of the response.</summary>
    public TimeSpan SendTime { get; private set; }

    /// <summary>Whether the whole request was handed to the kernel.</summary>
    public bool SentWhole => _sentHead == head.Length && SentBody == bodyLength;

    /// <summary>Whether the head asks to wait with the body until the server wants it.</summary>
    public bool ExpectsContinue { get; init; }

    /// <summary>Sends what is left of the request and waits for the head of the response.</summary>
    /// <param name="body">The whole body, the same at each call.</param>
    /// <param name="limit">Bounds the waiting.</param>
    public ExchangeEnd Run(ReadOnlySpan<byte> body, WaitLimit limit)
    {
        _stepBegun = limit.Time.GetTimestamp();
        while (true)
        {
            if (MaySend(limit.Time))
                Send(body, limit.Time);

            // A response before the request is sent is a refusal: what is left of the request has no reader. Unless it says that all is
            // well: then the rest is still wanted.
            if (HasEnded(out var end))
                return end;

            if (channel.HasPending || _isBroken)
                Receive();
            else if (!CanGoOn(Wait(limit), limit, out end))
                return end;
        }
    }

    /// <summary>Reads on in the body of the response.</summary>
    /// <param name="limit">Bounds the waiting.</param>
    /// <param name="bytesMax">A body that has more than this is left.</param>
    /// <returns>Responded: it is whole. Closed: it ended early, is too long, or makes no sense.</returns>
    public ExchangeEnd ReadBody(WaitLimit limit, int bytesMax)
    {
        while (response.State == ResponseState.Body && response.BodyBytes <= bytesMax)
        {
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
        if (SentWhole || _isBroken || _wantsRead || response.HasHead && response.Status >= 300)
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
            // With a question in the head the body waits.
            var second = ExpectsContinue && !first.IsEmpty ? default : body[SentBody..];
            var result = channel.Send(first, second);
            _wantsRead = result.State == ChannelState.WantsRead;
            _isBroken |= result.State is ChannelState.Broken or ChannelState.Ended;
            if (result.State != ChannelState.Moved)
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
            _ when response.HasHead && (SentWhole || response.Status >= 300) => ExchangeEnd.Responded,
            _ => ExchangeEnd.Closed,
        };
        return end != ExchangeEnd.Closed || (_isBroken && _nothingMore);
    }

    WaitEnd Wait(WaitLimit limit)
    {
        var events = (short)(LibC.PollIn | (_wantsWrite || MaySend(limit.Time) ? SocketCalls.PollOut : 0));
        var wait = _continueUntil is { } until && !SentWhole ? limit with { Deadline = Math.Min(limit.Deadline, until) } : limit;
        Span<LibC.PollFd> descriptors = [new LibC.PollFd { Descriptor = channel.Descriptor, Events = events }, default];
        var end = wait.Wait(descriptors);
        if (end == WaitEnd.Ready && (descriptors[0].Returned & ~SocketCalls.PollOut) != 0)
            Receive();

        return end;
    }

    /// <summary>Whether a wait has ended in a way that lets the exchange go on.</summary>
    bool CanGoOn(WaitEnd wait, WaitLimit limit, out ExchangeEnd end)
    {
        end = wait == WaitEnd.Interrupted ? ExchangeEnd.Interrupted : ExchangeEnd.TimedOut;
        return wait == WaitEnd.Ready || (wait == WaitEnd.TimedOut && limit.Left > TimeSpan.Zero);
    }

    /// <summary>Receives what is there.</summary>
    /// <returns>False: nothing more will come.</returns>
    bool Receive()
    {
        var result = channel.Receive(response.Free());
        _wantsWrite = result.State == ChannelState.WantsWrite;
        switch (result.State)
        {
            case ChannelState.Moved:
                _wantsRead = false;
                response.Read(result.Count);
                return true;
            case ChannelState.WantsRead when !_isBroken:
            case ChannelState.WantsWrite when !_isBroken:
                // What was waited for may have been something of TLS's own.
                _wantsRead = false;
                return true;
            default:
                response.Close();
                _isBroken = _nothingMore = true;
                return false;
        }
    }
}
