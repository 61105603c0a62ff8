namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Requests signed with the function's AWS keys. Safe for calls from several threads.</summary>
/// <param name="scope">For which service.</param>
/// <param name="keys">The keys.</param>
/// <param name="time">The wall clock of signatures.</param>
internal sealed class SignedRequests(SigningScope scope, AwsKeyring keys, TimeProvider time) : IRenewableProof
{
    /// <inheritdoc/>
    public async ValueTask<string?> PrepareAsync(CancellationToken cancel) => (await keys.GetAsync(cancel).ConfigureAwait(false)).Failure;

    /// <inheritdoc/>
    public void Prove(HttpRequestMessage request, ReadOnlySpan<byte> body)
    {
        if (keys.Current is { } current)
            RequestSigner.Sign(request, body, current, scope, time.GetUtcNow());
    }

    /// <inheritdoc/>
    public async ValueTask<SendResult?> RenewAsync(SendResult refusal, CancellationToken cancel) =>
        await keys.RenewAsync(cancel).ConfigureAwait(false) ? null : refusal with { Detail = SignatureRefusal.Explain(refusal, scope) };

    /// <inheritdoc/>
    public void Interrupt() => keys.Interrupt();

    /// <inheritdoc/>
    public string Hide(string text) => keys.Current?.Hide(text) ?? text;
}
