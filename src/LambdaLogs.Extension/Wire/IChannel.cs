namespace LambdaLogs.Extension.Wire;

/// <summary>One open connection as a byte stream, plain or over TLS. Calls never block. For one thread.</summary>
internal interface IChannel : IDisposable
{
    /// <summary>The descriptor, for <c>poll</c>.</summary>
    int Descriptor { get; }

    /// <summary>Whether bytes were received that <c>poll</c> does not report any more.</summary>
    bool HasPending { get; }

    /// <summary>
    /// Sends as much as possible: the first part, then the second. Bytes that were not counted have to be passed again unchanged.
    /// </summary>
    /// <param name="first">Sent before the second.</param>
    /// <param name="second">May be empty.</param>
    ChannelResult Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Receives the available bytes.</summary>
    /// <param name="buffer">Receives the bytes; not empty.</param>
    ChannelResult Receive(Span<byte> buffer);
}
