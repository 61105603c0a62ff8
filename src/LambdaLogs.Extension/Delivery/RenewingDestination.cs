namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Sends nothing without a proof, and looks for a newer one when the endpoint refuses. Safe for calls from several threads.
/// </summary>
/// <param name="inner">Sends, with the proof.</param>
/// <param name="proof">The proof.</param>
internal sealed class RenewingDestination(IAsyncDestination inner, IRenewableProof proof) : IAsyncDestination
{
    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(ReadOnlyMemory<byte> body, string batchId, CancellationToken cancel)
    {
        if (await proof.PrepareAsync(cancel).ConfigureAwait(false) is { } cause)
            return new SendResult(Verdict.Retry, 0, FailureKind.NoCredentials, null) { Detail = cause };

        var result = await inner.SendAsync(body, batchId, cancel).ConfigureAwait(false);
        if (result.Status is not (401 or 403))
            return result;

        return await proof.RenewAsync(result, cancel).ConfigureAwait(false)
            ?? await inner.SendAsync(body, batchId, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void DropConnections()
    {
        proof.Interrupt();
        inner.DropConnections();
    }
}
