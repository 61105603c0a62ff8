namespace LambdaLogs.Extension.Delivery;

/// <summary>Receives batches. Used by one thread at a time.</summary>
internal interface IDestination
{
    /// <summary>
    /// Whether a request can be sent over an open connection: there is nothing to look up, to read or to open before, and only the endpoint
    /// can make the attempt last. Not while an attempt is in progress.
    /// </summary>
    bool HasOpenConnection { get; }

    /// <summary>
    /// Makes one attempt to deliver a body, on the caller's thread. Errors of the endpoint or the network are returned, never thrown.
    /// </summary>
    /// <param name="body">The whole body. It must not change or move until the attempt has a final result.</param>
    /// <param name="batch">Which batch it is.</param>
    /// <param name="limit">The limits of the attempt.</param>
    /// <returns>The result; <see cref="FailureKind.CutOff"/> if the limit ended the attempt.</returns>
    SendResult Send(ReadOnlySpan<byte> body, BatchLabel batch, in AttemptLimit limit);

    /// <summary>
    /// Stops using the current connections for new requests, because they are probably dead after a freeze. A request in progress
    /// continues. Never blocks. Any thread.
    /// </summary>
    void InvalidateConnections();
}
