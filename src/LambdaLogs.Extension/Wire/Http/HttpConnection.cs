using System.Buffers.Text;

namespace LambdaLogs.Extension.Wire.Http;

/// <summary>An open connection that serves one request after another. For one thread.</summary>
/// <param name="channel">The connection. Disposed with this object.</param>
/// <param name="time">The monotonic clock.</param>
/// <param name="generation">Incremented whenever connections are dropped; see <see cref="HttpHostClient.InvalidateConnections"/>.</param>
internal sealed class HttpConnection(IChannel channel, TimeProvider time, int generation) : IDisposable
{
    // Less than 60 s, after which AWS load balancers close an idle connection.
    static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(55);

    // An environment that is never frozen has to notice a changed address of the host.
    static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(5);

    // A server that announces an idle timeout may close slightly earlier than we measure.
    static readonly TimeSpan IdleMargin = TimeSpan.FromSeconds(1);

    readonly long _openedAt = time.GetTimestamp();
    long _usedAt = time.GetTimestamp();
    TimeSpan _idleMax = IdleMax;

    /// <summary>The connection.</summary>
    public IChannel Channel => channel;

    /// <summary>The generation in which it was opened.</summary>
    public int Generation => generation;

    /// <summary>Number of requests served.</summary>
    public int Served { get; private set; }

    /// <summary>Whether it can serve another request: it is young and not idle for long, and nothing unexpected was received.</summary>
    public bool IsUsable => time.GetElapsedTime(_usedAt) < _idleMax && time.GetElapsedTime(_openedAt) < AgeMax && !HasUnexpectedData();

    /// <summary>Call when a response was read completely.</summary>
    /// <param name="head">The head of the response.</param>
    public void RecordServed(HttpHead head)
    {
        Served++;
        _usedAt = time.GetTimestamp();
        _idleMax = AnnouncedIdleTimeout(head.Header("Keep-Alive"u8)) is { } said && said < IdleMax ? said : IdleMax;
    }

    /// <inheritdoc/>
    public void Dispose() => channel.Dispose();

    /// <summary>Parses <c>timeout=5, max=100</c>.</summary>
    static TimeSpan? AnnouncedIdleTimeout(ReadOnlySpan<byte> header)
    {
        var at = header.IndexOf("timeout="u8);
        if (at < 0 || !Utf8Parser.TryParse(header[(at + "timeout="u8.Length)..], out uint seconds, out _))
            return null;

        return seconds > IdleMax.TotalSeconds ? IdleMax : TimeSpan.FromSeconds(seconds) - IdleMargin;
    }

    /// <summary>Whether the server has closed the connection or sent something between requests.</summary>
    bool HasUnexpectedData() =>
        WaitLimit.In(time, TimeSpan.Zero).Wait(channel.Descriptor, LibC.PollIn) == WaitEnd.Ready && !IsSessionTicket();

    /// <summary>Whether the received bytes are a TLS 1.3 session ticket, which may arrive at any time. Reads and ignores it.</summary>
    bool IsSessionTicket()
    {
        Span<byte> one = stackalloc byte[1];
        return channel is Tls.TlsChannel && channel.Receive(one).State == ChannelState.WantsRead;
    }
}
