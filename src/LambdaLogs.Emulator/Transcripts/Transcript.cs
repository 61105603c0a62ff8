namespace LambdaLogs.Emulator.Transcripts;

/// <summary>The events of a sandbox, in order. Thread-safe.</summary>
public sealed class Transcript(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly long _started = time.GetTimestamp();
    readonly List<TranscriptEvent> _events = [];
    readonly List<Waiter> _waiters = [];
    Action<TranscriptEvent>? _watch;
    readonly Dictionary<int, string> _phases = [];

    /// <summary>A copy of the events so far.</summary>
    public IReadOnlyList<TranscriptEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <summary>The events of one extension, across all restarts.</summary>
    public ExtensionTranscript Extension(string name) => new(name, [.. Events.Where(e => e.Source == name)]);

    /// <summary>Adds an event. Its index and times are set here.</summary>
    public void Add(TranscriptEvent item)
    {
        lock (_lock)
        {
            if (item.Kind is TranscriptKind.Phase)
                _phases[item.Environment] = item.Text;
            var added = item with
            {
                Index = _events.Count,
                At = time.GetElapsedTime(_started),
                Time = time.GetUtcNow(),
                Phase = _phases.GetValueOrDefault(item.Environment, ""),
            };
            _events.Add(added);
            _watch?.Invoke(added);
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (!_waiters[i].Matches(added))
                    continue;

                _waiters[i].Found.TrySetResult(added);
                _waiters.RemoveAt(i);
            }
        }
    }

    /// <summary>Adds an event.</summary>
    public void Add(TranscriptKind kind, string? source, string text, string? requestId = null, int? code = null) =>
        Add(new TranscriptEvent(default, kind, source, text) { RequestId = requestId, Code = code });

    /// <summary>Registers a callback for every event, past and future, in order. The callback must not block.</summary>
    public void Watch(Action<TranscriptEvent> watch)
    {
        lock (_lock)
        {
            foreach (var item in _events)
                watch(item);
            _watch += watch;
        }
    }

    /// <summary>The event with that index. Null if there is none.</summary>
    public TranscriptEvent? At(int index)
    {
        lock (_lock)
            return index >= 0 && index < _events.Count ? _events[index] : null;
    }

    /// <summary>Removes a callback registered with <see cref="Watch"/>.</summary>
    public void Unwatch(Action<TranscriptEvent> watch)
    {
        lock (_lock)
            _watch -= watch;
    }

    /// <summary>Waits for the first event that matches; earlier events count.</summary>
    /// <param name="matches">Called under a lock. Must not block or throw.</param>
    /// <param name="timeout">The longest wait. After it, TimeoutException lists the last events.</param>
    /// <param name="from">The index from which events are considered.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task<TranscriptEvent> WaitForAsync(
        Func<TranscriptEvent, bool> matches, TimeSpan timeout, int from = 0, CancellationToken cancel = default)
    {
        var waiter = new Waiter(e => e.Index >= from && matches(e));
        lock (_lock)
        {
            if (_events.Find(waiter.Matches.Invoke) is { } past)
                return past;

            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Found.Task.WaitAsync(timeout, time, cancel);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No matching event within {timeout.TotalSeconds} s. The last events:\n{Tail(25)}");
        }
        finally
        {
            lock (_lock)
                _waiters.Remove(waiter);
        }
    }

    /// <summary>The last events, one per line.</summary>
    public string Tail(int count) => string.Join('\n', Events.TakeLast(count).Select(TranscriptText.Line));

    sealed record Waiter(Func<TranscriptEvent, bool> Matches)
    {
        public TaskCompletionSource<TranscriptEvent> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
