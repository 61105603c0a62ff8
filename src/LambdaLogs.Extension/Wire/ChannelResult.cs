namespace LambdaLogs.Extension.Wire;

/// <summary>How far a call on a channel came.</summary>
internal enum ChannelState
{
    /// <summary>Some bytes were sent or received.</summary>
    Moved,

    /// <summary>Nothing before there is something to receive.</summary>
    WantsRead,

    /// <summary>Nothing before there is room to send.</summary>
    WantsWrite,

    /// <summary>The peer sends no more.</summary>
    Ended,

    /// <summary>The connection is broken.</summary>
    Broken,
}

/// <summary>What a call on a channel has done.</summary>
/// <param name="State">How far it came.</param>
/// <param name="Count">Bytes; only for <see cref="ChannelState.Moved"/>.</param>
internal readonly record struct ChannelResult(ChannelState State, int Count);
