namespace LambdaLogs.Extension.Pipeline;

/// <summary>Wakes the one task that waits on it, now or at a time. A wake that comes before the wait is not lost. Thread-safe.</summary>
internal sealed class Wake : IDisposable
{
    readonly Lock _gate = new();
    readonly ITimer _timer;
    TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="time">The clock of <see cref="At"/>.</param>
    public Wake(TimeProvider time) =>
        _timer = time.CreateTimer(static self => ((Wake)self!).Now(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Wakes.</summary>
    public void Now()
    {
        lock (_gate)
            _source.TrySetResult();
    }

    /// <summary>Wakes after a time, unless it is called again before; null takes a former time back.</summary>
    public void At(TimeSpan? wait) => _timer.Change(wait ?? Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Waits for the next wake.</summary>
    public async Task WaitAsync()
    {
        Task waited;
        lock (_gate)
            waited = _source.Task;
        await waited.ConfigureAwait(false);
        lock (_gate)
        {
            if (_source.Task.IsCompleted)
                _source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();
}
