namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Builds a destination when the first batch is sent: that is after the cold start, which nothing of it is to make longer.
/// </summary>
/// <param name="build">Builds it; called once.</param>
internal sealed class DeferredDestination(Func<IDestination> build) : IDestination
{
    readonly Lock _gate = new();
    IDestination? _destination;

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> body, string batchId, in AttemptLimit limit) => Built().Send(body, batchId, limit);

    /// <inheritdoc/>
    public void DropConnections()
    {
        lock (_gate)
            _destination?.DropConnections();
    }

    IDestination Built()
    {
        lock (_gate)
            return _destination ??= build();
    }
}
