namespace LambdaLogs.Extension.Delivery;

/// <summary>Sends nothing without credentials, and renews them if the endpoint refuses a request. For the sender's thread.</summary>
/// <param name="inner">Sends the authenticated requests.</param>
/// <param name="authenticator">Provides the credentials.</param>
/// <param name="time">The monotonic clock.</param>
internal sealed class RenewingDestination(IDestination inner, ICredentialsProvider authenticator, TimeProvider time) : IDestination
{
    /// <inheritdoc/>
    /// <remarks>Never: the credentials may have to be fetched.</remarks>
    public bool HasOpenConnection => false;

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> body, BatchLabel batch, in AttemptLimit limit)
    {
        var wait = limit.ToWaitLimit(time);
        var preparation = authenticator.Prepare(wait);
        if (preparation.IsCutOff)
            return new SendResult(Verdict.Retry, 0, FailureKind.CutOff, null);
        if (preparation.Failure is { } cause)
            return new SendResult(Verdict.Retry, 0, FailureKind.NoCredentials, null) { Detail = cause };

        var result = inner.Send(body, batch, limit);
        return result.Status is 401 or 403 ? authenticator.Renew(result, wait) ?? inner.Send(body, batch, limit) : result;
    }

    /// <inheritdoc/>
    public void InvalidateConnections()
    {
        authenticator.InvalidateConnections();
        inner.InvalidateConnections();
    }
}
