namespace LambdaLogs.Extension.Delivery;

/// <summary>Sends batches to an HTTP endpoint. Safe for calls from several threads.</summary>
/// <param name="options">Where and how.</param>
/// <param name="time">Bounds each attempt, and the wall clock for <c>Retry-After</c>.</param>
internal sealed class HttpDestination(DestinationOptions options, TimeProvider time) : IDestination, IDisposable
{
    /// <inheritdoc/>
    public Task<SendResult> SendAsync(ReadOnlyMemory<byte> body, string batchId, CancellationToken cancel) =>
        throw new NotSupportedException($"{options} {time}");

    /// <inheritdoc/>
    public void DropConnections()
    {
    }

    /// <summary>Closes its connections.</summary>
    public void Dispose()
    {
    }
}
