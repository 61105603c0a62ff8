using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>What waits for one subscriber: one batch that still grows, and those that are due. Not thread-safe.</summary>
/// <param name="limits">What closes a batch.</param>
/// <param name="writer">Renders for the subscriber.</param>
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

    /// <summary>True where the open batch holds nothing.</summary>
    public bool IsOpenEmpty => _open.Items == 0;

    /// <summary>True where so much waits that nothing more is taken.</summary>
    public bool IsFull => _pendingBytes > pendingFactor * _limits.MaxBytes;

    /// <summary>The subscriber came back with other wishes; what is rendered stays as it is.</summary>
    public void Renew(SubscriptionRequest limits, EnvelopeWriter writer)
    {
        _limits = limits;
        _writer = writer;
    }

    /// <summary>
    /// Adds an event to the open batch, which becomes due where it is full with it. The pieces of a record that is too large can so come in
    /// one body or in several.
    /// </summary>
    /// <returns>How many pieces it became.</returns>
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
                Seal();
        }

        return pieces;
    }

    /// <summary>Makes the open batch due, unless it is empty.</summary>
    public void Seal()
    {
        if (_open.Items == 0)
            return;

        _due.Enqueue(_open);
        _open = _pooled.TryPop(out var pooled) ? pooled : new TelemetryBatch();
    }

    /// <summary>The oldest batch that is due. It counts as waiting until it is given back.</summary>
    public bool TryTake(out TelemetryBatch batch) => _due.TryDequeue(out batch!);

    /// <summary>A batch was delivered or given up; its memory is used again.</summary>
    public void GiveBack(TelemetryBatch batch)
    {
        _pendingBytes -= batch.Bytes;
        batch.Clear();
        if (_pooled.Count < PooledMax)
            _pooled.Push(batch);
    }
}
