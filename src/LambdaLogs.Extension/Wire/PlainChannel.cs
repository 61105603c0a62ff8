namespace LambdaLogs.Extension.Wire;

/// <summary>A connection without TLS.</summary>
/// <param name="socket">A connected non-blocking socket. Disposed with this object.</param>
internal sealed class PlainChannel(TcpSocket socket) : IChannel
{
    /// <inheritdoc/>
    public int Descriptor => socket.Descriptor;

    /// <inheritdoc/>
    public bool HasPending => false;

    /// <inheritdoc/>
    public ChannelResult Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var count = socket.TrySend(first, second);
        return count >= 0 ? new ChannelResult(ChannelState.Transferred, count)
            : new ChannelResult(count == -LibC.ErrorAgain ? ChannelState.WantsWrite : ChannelState.Broken, 0);
    }

    /// <inheritdoc/>
    public ChannelResult Receive(Span<byte> buffer)
    {
        var count = socket.Receive(buffer);
        return count switch
        {
            > 0 => new ChannelResult(ChannelState.Transferred, count),
            0 => new ChannelResult(ChannelState.Ended, 0),
            -LibC.ErrorAgain => new ChannelResult(ChannelState.WantsRead, 0),
            _ => new ChannelResult(ChannelState.Broken, 0),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => socket.Dispose();
}
