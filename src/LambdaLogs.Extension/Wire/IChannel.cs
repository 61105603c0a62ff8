namespace LambdaLogs.Extension.Wire;

/// <summary>One open connection as bytes, plain or over TLS. No call waits. For one thread.</summary>
internal interface IChannel : IDisposable
{
    /// <summary>The descriptor, for <c>poll</c>.</summary>
    int Descriptor { get; }

    /// <summary>Whether bytes were received that <c>poll</c> does not see any more.</summary>
    bool HasPending { get; }

    /// <summary>Sends as much as goes: the first part, then the second. What was not counted is to be given again, unchanged.</summary>
    /// <param name="first">Sent before the second.</param>
    /// <param name="second">May be empty.</param>
    ChannelResult Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second);

    /// <summary>Receives what is there.</summary>
    /// <param name="buffer">Takes it; not empty.</param>
    ChannelResult Receive(Span<byte> buffer);
}
