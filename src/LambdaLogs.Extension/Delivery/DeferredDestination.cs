namespace LambdaLogs.Extension.Delivery;

/// <summary>Creates a destination when the first batch is sent, which is after the cold start.</summary>
/// <param name="build">Creates it; called once.</param>
internal sealed class DeferredDestination(Func<IDestination> build) : IDestination
{
    readonly Lock _gate = new();
    IDestination? _destination;

    /// <inheritdoc/>
    public bool HasOpenConnection
    {
        get
        {
            lock (_gate)
                return _destination is { HasOpenConnection: true };
        }
    }

    /// <inheritdoc/>
    public SendResult Send(ReadOnlySpan<byte> body, BatchLabel batch, in AttemptLimit limit) => Built().Send(body, batch, limit);

    /// <inheritdoc/>
    public void InvalidateConnections()
    {
        lock (_gate)
            _destination?.InvalidateConnections();
    }

    IDestination Built()
    {
        lock (_gate)
            return _destination ??= build();
    }
}
