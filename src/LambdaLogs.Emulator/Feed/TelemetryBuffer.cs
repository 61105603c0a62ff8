using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>The buffered telemetry of one subscriber: an open batch and the closed batches that are due. Not thread-safe.</summary>
/// <param name="limits">The subscription's limits, which close a batch.</param>
/// <param name="writer">Serializes events for the subscriber.</param>
/// <param name="pendingFactor">See <see cref="FeedOptions.PendingFactor"/>.</param>
internal sealed class TelemetryBuffer(SubscriptionRequest limits, EnvelopeWriter writer, double pendingFactor)
{
    const int PooledMax = 4;

    readonly Queue<TelemetryBatch> _due = new();
    readonly Stack<TelemetryBatch> _pooled = new();
    TelemetryBatch _open = new();
    SubscriptionRequest _limits = limits;
    EnvelopeWriter _writer = writer;
    int _pendingBytes;

    /// <summary>True if the open batch is empty.</summary>
    public bool IsOpenEmpty => _open.Items == 0;

    /// <summary>True if the buffer is full and rejects events.</summary>
    public bool IsFull => _pendingBytes > pendingFactor * _limits.MaxBytes;

    /// <summary>Applies the limits of a new subscription. Events that are already serialized stay unchanged.</summary>
    public void ChangeLimits(SubscriptionRequest limits, EnvelopeWriter writer)
    {
        _limits = limits;
        _writer = writer;
    }

    /// <summary>
    /// Adds an event to the open batch and closes the batch when it is full. The pieces of a record that is too large can end up in one
    /// body or in several.
    /// </summary>
    /// <returns>The number of envelopes that the event was split into.</returns>
    public int Add(TelemetryEvent item)
    {
        var pieces = 0;
        for (TelemetryEvent? rest = item; rest is not null;)
        {
            pieces++;
            var before = _open.Bytes;
            rest = _open.Add(rest, _writer);
            _pendingBytes += _open.Bytes - before;
            if (_open.Items >= _limits.MaxItems || _open.Bytes >= _limits.MaxBytes)
                CloseBatch();
        }

        return pieces;
    }

    /// <summary>Closes the open batch, unless it is empty.</summary>
    public void CloseBatch()
    {
        if (_open.Items == 0)
            return;

        _due.Enqueue(_open);
        _open = _pooled.TryPop(out var pooled) ? pooled : new TelemetryBatch();
    }

    /// <summary>Takes the oldest due batch. It counts towards the buffer's size until <see cref="Return"/>.</summary>
    public bool TryTake(out TelemetryBatch batch) => _due.TryDequeue(out batch!);

    /// <summary>Returns a batch that was delivered or dropped; its memory is reused.</summary>
    public void Return(TelemetryBatch batch)
    {
        _pendingBytes -= batch.Bytes;
        batch.Clear();
        if (_pooled.Count < PooledMax)
            _pooled.Push(batch);
    }
}
