using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Requests signed with the function's AWS keys. For the thread that sends.</summary>
/// <param name="scope">For which service.</param>
/// <param name="keys">The keys.</param>
/// <param name="time">The wall clock of signatures.</param>
internal sealed class SignedRequests(SigningScope scope, AwsCredentialsProvider keys, TimeProvider time) : ICredentialsProvider
{
    /// <inheritdoc/>
    public Preparation Prepare(WaitLimit limit)
    {
        var fetched = keys.Get(limit);
        return new Preparation(fetched.Failure, fetched.IsCutOff);
    }

    /// <inheritdoc/>
    public void Prove(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (keys.Current is { } current)
            RequestSigner.Sign(request, body, current, scope, time.GetUtcNow());
    }

    /// <inheritdoc/>
    public SendResult? Renew(SendResult refusal, WaitLimit limit) =>
        keys.Renew(limit) ? null : refusal with { Detail = SignatureRefusal.Explain(refusal, scope) };

    /// <inheritdoc/>
    public void DropConnections() => keys.DropConnections();

    /// <inheritdoc/>
    public string Hide(string text) => keys.Current?.Hide(text) ?? text;
}
