namespace LambdaLogs.Extension.Delivery;

/// <summary>A destination whose attempts are tasks. Safe for calls from several threads.</summary>
internal interface IAsyncDestination
{
    /// <summary>Makes one attempt to deliver a body. What the endpoint or the network does is the result, never an exception.</summary>
    /// <param name="body">The whole body; must stay unchanged until the task has ended.</param>
    /// <param name="batchId">The batch's id, visible ASCII; the same over all attempts.</param>
    /// <param name="cancel">Ends the attempt at once, at whichever stage it is.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> fired before the endpoint's status was known.</exception>
    Task<SendResult> SendAsync(ReadOnlyMemory<byte> body, string batchId, CancellationToken cancel);

    /// <inheritdoc cref="IDestination.DropConnections"/>
    void DropConnections();
}
