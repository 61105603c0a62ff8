using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>
/// The telemetry of one extension: buffered until an item, byte or time limit is reached, with one POST at a time. Thread-safe.
/// </summary>
internal sealed class Subscriber : IAsyncDisposable
{
    const string SlowConsumer = "Some logs were dropped because the downstream consumer is slower than the logs production rate";

    readonly Lock _lock = new();
    readonly string _name;
    readonly FeedOptions _options;
    readonly TimeProvider _time;
    readonly Action<Delivery> _onDelivery;
    readonly CancellationTokenSource _ended = new();
    readonly TelemetryBuffer _buffer;
    readonly ITimer _timer;
    SubscriptionRequest _request;
    ITelemetrySink _sink;
    long _openedAt;
    TimeSpan _openedFor;
    long _droppedItems;
    long _droppedBytes;
    long _acceptedItems;
    long _deliveredTotal;
    long _droppedTotal;
    string? _lastError;
    TaskCompletionSource _running = Completed();
    Task? _sending;

    public Subscriber(string name, SubscriptionRequest request, FeedSetup setup)
    {
        _name = name;
        _request = request;
        _options = setup.Options;
        _time = setup.Time;
        _onDelivery = setup.OnDelivery;
        _buffer = new TelemetryBuffer(request, new EnvelopeWriter(request.Schema, setup.Format), setup.Options.PendingFactor);
        _sink = setup.Sink(request);
        _timer = _time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The current subscription.</summary>
    public SubscriptionRequest Request => _request;

    /// <summary>The telemetry counts so far.</summary>
    public TelemetryCount Count
    {
        get
        {
            lock (_lock)
            {
                var waiting = _acceptedItems - _deliveredTotal - _droppedTotal;
                return new TelemetryCount(_name, _deliveredTotal, _droppedTotal, waiting, _lastError);
            }
        }
    }

    bool IsPaused => !_running.Task.IsCompleted;

    /// <summary>Called when the extension subscribed again after a restart: buffered telemetry is sent to its new address.</summary>
    public void Resubscribe(SubscriptionRequest request, FeedSetup setup)
    {
        lock (_lock)
        {
            _sink.Dispose();
            _request = request;
            _buffer.ChangeLimits(request, new EnvelopeWriter(request.Schema, setup.Format));
            _sink = setup.Sink(request);
        }
    }

    /// <summary>Adds an event of a stream that the extension subscribed to.</summary>
    public void Add(TelemetryEvent item)
    {
        lock (_lock)
        {
            if (_buffer.IsFull)
            {
                _acceptedItems++;
                _droppedTotal++;
                _droppedItems++;
                _droppedBytes += item is LogLine line ? line.Text.Length : 0;
                return;
            }

            foreach (var form in _request.IsLogs ? LogsApiEvents.Of(item, _request.Schema) : [item])
                Append(form);
            Send();
        }
    }

    /// <summary>Stops sending and timers until <see cref="Resume"/>, while the sandbox is frozen.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            if (IsPaused)
                return;

            _running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _openedFor += _time.GetElapsedTime(_openedAt);
            StopTimer();
        }
    }

    public void Resume()
    {
        lock (_lock)
        {
            if (!IsPaused)
                return;

            _running.SetResult();
            _openedAt = _time.GetTimestamp();
            if (!_buffer.IsOpenEmpty)
                StartTimer();
            Send();
        }
    }

    /// <summary>Sends the buffered events without waiting for the buffering limits.</summary>
    public void Flush() => _ = FlushAsync();

    /// <summary>Sends the buffered events without waiting for the buffering limits.</summary>
    /// <returns>Completes when all events were delivered or dropped; at once while paused.</returns>
    public Task FlushAsync()
    {
        lock (_lock)
        {
            StopTimer();
            _buffer.CloseBatch();
            Send();
            return IsPaused ? Task.CompletedTask : _sending ?? Task.CompletedTask;
        }
    }

    /// <summary>Delivers raw bytes as a separate body, bypassing the buffer.</summary>
    /// <returns>Null if the delivery succeeded, otherwise the error message.</returns>
    public Task<string?> SendRawAsync(ReadOnlyMemory<byte> body) => SendOnceAsync(body, items: 0);

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
        if (_buffer.IsOpenEmpty)
        {
            _openedAt = _time.GetTimestamp();
            _openedFor = TimeSpan.Zero;
            if (!IsPaused)
                StartTimer();
        }

        _acceptedItems += _buffer.Add(item);
        if (_buffer.IsOpenEmpty)
            StopTimer();
    }

    void StartTimer()
    {
        var left = _request.Timeout - _openedFor;
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    void StopTimer() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    void OnTimer()
    {
        lock (_lock)
        {
            // The timer fired while the feed was being paused. It is restarted after the thaw.
            if (IsPaused)
                return;

            _buffer.CloseBatch();
            Send();
        }
    }

    /// <summary>Starts the next POST unless one is in progress. Called with the lock held.</summary>
    void Send()
    {
        if (IsPaused || _sending is not null || _ended.IsCancellationRequested || !_buffer.TryTake(out var batch))
            return;

        _sending = Task.Run(() => SendAsync(batch));
    }

    async Task SendAsync(TelemetryBatch batch)
    {
        while (true)
        {
            var error = await DeliverAsync(batch);
            lock (_lock)
            {
                RecordOutcome(batch, error);
                if (IsPaused || !_buffer.TryTake(out batch))
                {
                    _sending = null;
                    return;
                }
            }
        }
    }

    void RecordOutcome(TelemetryBatch batch, string? error)
    {
        var (items, bytes) = (batch.Items, batch.Bytes);
        if (error is null)
            _deliveredTotal += items;
        else
            _droppedTotal += items;
        _buffer.Return(batch);
        if (error is not null)
            PublishDropped(items, bytes, error);
        if (_droppedItems > 0)
            PublishDropped(_droppedItems, _droppedBytes, SlowConsumer);
        (_droppedItems, _droppedBytes) = (0, 0);
    }

    async Task<string?> DeliverAsync(TelemetryBatch batch)
    {
        var body = batch.ToArray();
        for (var attempt = 0; ; attempt++)
        {
            var error = await SendOnceAsync(body, batch.Items);
            if (error is null)
                return null;

            await Task.Delay(_options.RetryDelay * (1 << attempt), _time, _ended.Token);
            if (_running.Task is { IsCompleted: false } running)
            {
                // The listener ended with its process. Attempts resume after the next start.
                await running.WaitAsync(_ended.Token);
                attempt = -1;
            }
            else if (attempt >= _options.Retries)
            {
                return error;
            }
        }
    }

    async Task<string?> SendOnceAsync(ReadOnlyMemory<byte> body, int items)
    {
        var started = _time.GetTimestamp();
        var error = await _sink.SendAsync(body, _ended.Token);
        if (error is not null)
            Volatile.Write(ref _lastError, error);
        _onDelivery(new Delivery(_name, items, body.Length, _time.GetElapsedTime(started), error) { Body = body });
        return error;
    }

    void PublishDropped(long items, long bytes, string reason)
    {
        if (_request.Types.HasFlag(EventStream.Platform))
            Append(new PlatformEvent.LogsDropped(_time.GetUtcNow(), items, bytes, reason));
    }
}
