namespace LambdaLogs.Extension.Wire;

/// <summary>The outcome of a call on a channel.</summary>
internal enum ChannelState
{
    /// <summary>Some bytes were sent or received.</summary>
    Transferred,

    /// <summary>The call must be repeated when the socket is readable.</summary>
    WantsRead,

    /// <summary>The call must be repeated when the socket is writable.</summary>
    WantsWrite,

    /// <summary>The peer has closed its side.</summary>
    Ended,

    /// <summary>The connection is broken.</summary>
    Broken,
}

/// <summary>The result of a call on a channel.</summary>
/// <param name="State">The outcome.</param>
/// <param name="Count">Bytes; only for <see cref="ChannelState.Transferred"/>.</param>
internal readonly record struct ChannelResult(ChannelState State, int Count);
