namespace LambdaLogs.Extension.Delivery;

/// <summary>Where batches go. One thread sends.</summary>
internal interface IDestination
{
    /// <summary>
    /// Makes one attempt to deliver a body, on the caller's thread. What the endpoint or the network does is the result, never an
    /// exception.
    /// </summary>
    /// <param name="body">The whole body; stays unchanged and where it is until the attempt has a final result.</param>
    /// <param name="batchId">The batch's id, visible ASCII; the same over all attempts.</param>
    /// <param name="limit">What ends the attempt.</param>
    /// <returns>What came of it; <see cref="FailureKind.CutOff"/> where the limit ended it.</returns>
    SendResult Send(ReadOnlySpan<byte> body, string batchId, in AttemptLimit limit);

    /// <summary>
    /// Sees to it that connections open now are not used for another send as they are; for after a thaw, when they are most likely dead.
    /// What is being sent at the moment goes on. Never blocks; any thread.
    /// </summary>
    void DropConnections();
}
