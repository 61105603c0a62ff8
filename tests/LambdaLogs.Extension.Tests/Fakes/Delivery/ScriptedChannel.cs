using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>A connection without a socket: what is received comes in given pieces, and then it ends.</summary>
/// <param name="pieces">What is received, piece by piece.</param>
/// <param name="end">How it ends: closed or broken.</param>
/// <param name="sendBytesMax">How many bytes can be sent; then it takes no more.</param>
internal sealed class ScriptedChannel(IEnumerable<string> pieces, ChannelState end, int sendBytesMax = int.MaxValue) : IChannel
{
    readonly Queue<byte[]> _pieces = new(pieces.Where(piece => piece.Length > 0).Select(Encoding.Latin1.GetBytes));
    int _sent;

    /// <summary>There is none: it must not be waited for.</summary>
    public int Descriptor => -1;

    public bool HasPending => true;

    /// <summary>Bytes that were sent.</summary>
    public int Sent => _sent;

    public ChannelResult Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var count = Math.Min(first.Length + second.Length, sendBytesMax - _sent);
        _sent += count;
        return count > 0 ? new ChannelResult(ChannelState.Transferred, count) : new ChannelResult(ChannelState.WantsWrite, 0);
    }

    public ChannelResult Receive(Span<byte> buffer)
    {
        if (!_pieces.TryPeek(out var piece))
            return new ChannelResult(end, 0);

        Assert.True(piece.Length <= buffer.Length, "a piece is larger than the space for it");
        piece.CopyTo(buffer);
        _pieces.Dequeue();
        return new ChannelResult(ChannelState.Transferred, piece.Length);
    }

    public void Dispose()
    {
    }
}
