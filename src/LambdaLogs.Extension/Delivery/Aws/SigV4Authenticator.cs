using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Signs requests with the function's AWS keys. For the sender's thread.</summary>
/// <param name="scope">The service and region.</param>
/// <param name="keys">Provides the keys.</param>
/// <param name="time">The wall clock, for signatures.</param>
internal sealed class SigV4Authenticator(SigningScope scope, AwsCredentialsProvider keys, TimeProvider time) : ICredentialsProvider
{
    /// <inheritdoc/>
    public PrepareResult Prepare(WaitLimit limit)
    {
        var fetched = keys.Get(limit);
        return new PrepareResult(fetched.Failure, fetched.IsCutOff);
    }

    /// <inheritdoc/>
    public void Authenticate(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (keys.Current is { } current)
            RequestSigner.Sign(request, body, current, scope, time.GetUtcNow());
    }

    /// <inheritdoc/>
    public SendResult? Renew(SendResult refusal, WaitLimit limit) =>
        keys.Renew(limit) ? null : refusal with { Detail = SignatureRefusal.Explain(refusal, scope) };

    /// <inheritdoc/>
    public void InvalidateConnections() => keys.InvalidateConnections();

    /// <inheritdoc/>
    public string Redact(string text) => keys.Current?.Redact(text) ?? text;
}
