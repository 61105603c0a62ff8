namespace LambdaLogs.Emulator.Transcripts;

/// <summary>All that happened in a sandbox, in order. All members may be called from any thread.</summary>
public sealed class Transcript(TimeProvider time)
{
    readonly Lock _lock = new();
    readonly long _started = time.GetTimestamp();
    readonly List<TranscriptEvent> _events = [];
    readonly List<Waiter> _waiters = [];
    Action<TranscriptEvent>? _watch;
    readonly Dictionary<int, string> _phases = [];

    /// <summary>A copy of what happened until now.</summary>
    public IReadOnlyList<TranscriptEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    /// <summary>What concerns one extension, over all its restarts.</summary>
    public ExtensionTranscript Extension(string name) => new(name, [.. Events.Where(e => e.Source == name)]);

    /// <summary>Adds an event; its index and times are set here.</summary>
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

    /// <summary>Calls back for every event so far and from now on, in order, without gaps. The callback must not block.</summary>
    public void Watch(Action<TranscriptEvent> watch)
    {
        lock (_lock)
        {
            foreach (var item in _events)
                watch(item);
            _watch += watch;
        }
    }

    /// <summary>The event of that index. Null where there is none.</summary>
    public TranscriptEvent? At(int index)
    {
        lock (_lock)
            return index >= 0 && index < _events.Count ? _events[index] : null;
    }

    /// <summary>Takes a callback of <see cref="Watch"/> away again.</summary>
    public void Unwatch(Action<TranscriptEvent> watch)
    {
        lock (_lock)
            _watch -= watch;
    }

    /// <summary>The first event that fits, also one that happened already.</summary>
    /// <param name="matches">Called under a lock: must not block or throw.</param>
    /// <param name="timeout">How long to wait; then TimeoutException, which shows the last events.</param>
    /// <param name="from">Only events from this index on.</param>
    /// <param name="cancel">Gives the wait up.</param>
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
            throw new TimeoutException($"Nothing fitting happened within {timeout.TotalSeconds} s. The last events:\n{Tail(25)}");
        }
        finally
        {
            lock (_lock)
                _waiters.Remove(waiter);
        }
    }

    /// <summary>The last events, a line each.</summary>
    public string Tail(int count) => string.Join('\n', Events.TakeLast(count).Select(TranscriptText.Line));

    sealed record Waiter(Func<TranscriptEvent, bool> Matches)
    {
        public TaskCompletionSource<TranscriptEvent> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
