using System.Buffers.Text;

namespace LambdaLogs.Extension.Wire.Http;

/// <summary>An open connection that serves one request after the other. For one thread.</summary>
/// <param name="channel">The connection. Is disposed with this.</param>
/// <param name="time">The monotonic clock.</param>
/// <param name="generation">Which connections it belongs to; see <see cref="HttpPeer.Drop"/>.</param>
internal sealed class HttpConnection(IChannel channel, TimeProvider time, int generation) : IDisposable
{
    // Below the 60 s after which AWS load balancers close an idle connection.
    static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(55);

    // So that a changed address of the host is found by environments that are never frozen.
    static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    // A server that closes after a time it has said does so a little earlier than we count.
    static readonly TimeSpan IdleMargin = TimeSpan.FromSeconds(1);

    readonly long _openedAt = time.GetTimestamp();
    long _usedAt = time.GetTimestamp();
    TimeSpan _idleMax = IdleMax;

    /// <summary>The connection.</summary>
    public IChannel Channel => channel;

    /// <summary>Which connections it belongs to.</summary>
    public int Generation => generation;

    /// <summary>Requests that it has served.</summary>
    public int Served { get; private set; }

    /// <summary>Whether it can serve another request: it is young, was used a moment ago, and nothing came that nobody asked for.</summary>
    public bool IsUsable => time.GetElapsedTime(_usedAt) < _idleMax && time.GetElapsedTime(_openedAt) < AgeMax && !HasSomething();

    /// <summary>A response was read to its end.</summary>
    /// <param name="head">Its head.</param>
    public void HasServed(HttpHead head)
    {
        Served++;
        _usedAt = time.GetTimestamp();
        _idleMax = SaidIdle(head.Header("Keep-Alive"u8)) is { } said && said < IdleMax ? said : IdleMax;
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    /// <summary>Reads <c>timeout=5, max=100</c>.</summary>
    static TimeSpan? SaidIdle(ReadOnlySpan<byte> header)
    {
        var at = header.IndexOf("timeout="u8);
        if (at < 0 || !Utf8Parser.TryParse(header[(at + "timeout="u8.Length)..], out uint seconds, out _))
            return null;

        return seconds > IdleMax.TotalSeconds ? IdleMax : TimeSpan.FromSeconds(seconds) - IdleMargin;
    }

    /// <summary>Whether the server has closed it or said something: between requests it has nothing to say.</summary>
    bool HasSomething() =>
        WaitLimit.In(time, TimeSpan.Zero).Wait(channel.Descriptor, LibC.PollIn) == WaitEnd.Ready && !IsSessionTicket();

    /// <summary>TLS 1.3 sends sessions whenever it likes; they are read and are no word of the server's.</summary>
    bool IsSessionTicket()
    {
        Span<byte> one = stackalloc byte[1];
        return channel is Tls.TlsChannel && channel.Receive(one).State == ChannelState.WantsRead;
    }
}
