using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>
/// One extension's telemetry: buffered until there are enough items or bytes or enough time has passed, one POST at a time.
/// All members may be called from any thread.
/// </summary>
internal sealed class Subscriber : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly string _name;
    readonly FeedOptions _options;
    readonly TimeProvider _time;
    readonly Action<Delivery> _onDelivery;
    readonly CancellationTokenSource _ended = new();
    readonly Queue<TelemetryBatch> _sealed = new();
    readonly Stack<TelemetryBatch> _spare = new();
    readonly ITimer _timer;
    SubscriptionRequest _request;
    EnvelopeWriter _writer;
    ITelemetrySink _sink;
    TelemetryBatch _open = new();
    long _openedAt;
    TimeSpan _openedFor;
    int _pendingBytes;
    long _droppedItems;
    long _droppedBytes;
    bool _isPaused;
    TaskCompletionSource _running = Completed();
    Task? _sending;

    public Subscriber(string name, SubscriptionRequest request, FeedSetup setup)
    {
        _name = name;
        _request = request;
        _options = setup.Options;
        _time = setup.Time;
        _onDelivery = setup.OnDelivery;
        _writer = new EnvelopeWriter(request.Schema, setup.Format);
        _sink = setup.Sink(request);
        _timer = _time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public EventStream Types => _request.Types;

    /// <summary>The extension subscribed again after a restart: what waits goes to its new address.</summary>
    public void Renew(SubscriptionRequest request, FeedSetup setup)
    {
        lock (_lock)
        {
            _sink.Dispose();
            _request = request;
            _writer = new EnvelopeWriter(request.Schema, setup.Format);
            _sink = setup.Sink(request);
        }
    }

    /// <summary>Takes an event of a stream that was subscribed to.</summary>
    public void Add(TelemetryEvent item)
    {
        lock (_lock)
        {
            if (_pendingBytes > _options.PendingFactor * _request.MaxBytes)
            {
                _droppedItems++;
                _droppedBytes += item is LogLine line ? line.Text.Length : 0;
                return;
            }

            Append(item);
            Send();
        }
    }

    /// <summary>Nothing is sent and no timer runs until <see cref="Resume"/>: the sandbox is frozen.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            if (_isPaused)
                return;

            _isPaused = true;
            _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_open.Items > 0)
                _openedFor += _time.GetElapsedTime(_openedAt);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            if (!_isPaused)
                return;

            _isPaused = false;
            _running.SetResult();
            _openedAt = _time.GetTimestamp();
            if (_open.Items > 0)
                StartTimer();
            Send();
        }
    }

    /// <summary>Makes a batch of what there is, without waiting for the buffering's limits.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            Seal();
            Send();
        }
    }

    /// <summary>Delivers these bytes as a body of its own, beside the buffer.</summary>
    /// <returns>Null where it was taken, else what went wrong.</returns>
    public async Task<string?> SendRawAsync(ReadOnlyMemory<byte> body)
    {
        var started = _time.GetTimestamp();
        var error = await _sink.SendAsync(body, _ended.Token);
        _onDelivery(new Delivery(_name, 0, body.Length, _time.GetElapsedTime(started), error));
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await _ended.CancelAsync();
        if (_sending is { } sending)
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sink.Dispose();
        _ended.Dispose();
    }

    static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    void Append(TelemetryEvent item)
    {
        if (_open.Items == 0)
        {
            _openedAt = _time.GetTimestamp();
            _openedFor = TimeSpan.Zero;
            if (!_isPaused)
                StartTimer();
        }

        var before = _open.Bytes;
        _open.Add(item, _writer);
        _pendingBytes += _open.Bytes - before;
        if (_open.Items >= _request.MaxItems || _open.Bytes >= _request.MaxBytes)
            Seal();
    }

    void StartTimer()
    {
        var left = _request.Timeout - _openedFor;
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    void OnTimer()
    {
        lock (_lock)
        {
            // A timer that ran out while the feed was being paused: the rest of its time is waited for after the thaw.
            if (_isPaused)
                return;

            Seal();
            Send();
        }
    }

    void Seal()
    {
        if (_open.Items == 0)
            return;

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sealed.Enqueue(_open);
        _open = _spare.TryPop(out var spare) ? spare : new TelemetryBatch();
    }

    /// <summary>Starts the next POST unless one is under way. Called with the lock held.</summary>
    void Send()
    {
        if (_isPaused || _sending is { IsCompleted: false } || _ended.IsCancellationRequested || !_sealed.TryDequeue(out var batch))
            return;

        _sending = Task.Run(() => SendAsync(batch));
    }

    async Task SendAsync(TelemetryBatch batch)
    {
        while (true)
        {
            var error = await TryAsync(batch);
            lock (_lock)
            {
                _pendingBytes -= batch.Bytes;
                if (error is not null)
                    SayDropped(batch.Items, batch.Bytes, error);
                if (_droppedItems > 0)
                {
                    SayDropped(_droppedItems, _droppedBytes, SlowConsumer);
                    (_droppedItems, _droppedBytes) = (0, 0);
                }

                Recycle(batch);
                if (_isPaused || !_sealed.TryDequeue(out var next))
                {
                    _sending = null;
                    return;
                }

                batch = next;
            }
        }
    }

    const string SlowConsumer = "Some logs were dropped because the downstream consumer is slower than the logs production rate";

    async Task<string?> TryAsync(TelemetryBatch batch)
    {
        var body = batch.ToArray();
        for (var attempt = 0; ; attempt++)
        {
            var started = _time.GetTimestamp();
            var error = await _sink.SendAsync(body, _ended.Token);
            _onDelivery(new Delivery(_name, batch.Items, body.Length, _time.GetElapsedTime(started), error));
            if (error is null || attempt >= _options.Retries)
                return error;

            await Task.Delay(_options.RetryDelay * (1 << attempt), _time, _ended.Token);
            if (_running.Task is { IsCompleted: false } running)
            {
                // The listener went down with its process; the attempts start anew once there can be one again.
                await running.WaitAsync(_ended.Token);
                attempt = -1;
            }
        }
    }

    void SayDropped(long items, long bytes, string reason)
    {
        if (_request.Types.HasFlag(EventStream.Platform))
            Append(new PlatformEvent.LogsDropped(_time.GetUtcNow(), items, bytes, reason));
    }

    void Recycle(TelemetryBatch batch)
    {
        batch.Clear();
        if (_spare.Count < 4)
            _spare.Push(batch);
    }
}
