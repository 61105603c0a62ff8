using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>
/// Everything the sandbox says, given to everyone who subscribed. What is said during Init is kept for those who subscribe later in it.
/// All members may be called from any thread.
/// </summary>
/// <param name="setup">Shared by all subscribers.</param>
internal sealed class TelemetryHub(FeedSetup setup) : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly Dictionary<string, Subscriber> _subscribers = [];
    readonly HashSet<string> _renewed = [];
    readonly List<TelemetryEvent> _backlog = [];
    bool _isOpen;
    bool _isPaused;

    /// <summary>True while subscriptions are taken.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _isOpen;
        }
    }

    /// <summary>A new Init begins. Earlier subscribers get nothing before they have subscribed again.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
            _backlog.Clear();
            _renewed.Clear();
        }
    }

    /// <summary>Init is over. A subscriber that did not come back is forgotten.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
            _backlog.Clear();
        }
    }

    /// <summary>Adds a subscriber, or renews the one of that name.</summary>
    /// <returns>True where the name had subscribed before.</returns>
    public bool Subscribe(string name, SubscriptionRequest request)
    {
        lock (_lock)
        {
            var isKnown = _subscribers.TryGetValue(name, out var known);
            if (known is not null)
                known.Renew(request, setup);
            else
                _subscribers[name] = known = new Subscriber(name, request, setup);

            // What was said before a restart waits in the subscriber's buffer already.
            if (!isKnown)
                Replay(known);
            _renewed.Add(name);
            if (_isPaused)
                known.Pause();
            else
                known.Resume();
            return isKnown;
        }
    }

    /// <summary>The subscription that the extension made since its process was started. Null where it made none.</summary>
    public SubscriptionRequest? Current(string name)
    {
        lock (_lock)
            return _renewed.Contains(name) ? _subscribers[name].Request : null;
    }

    /// <summary>Gives an event to everyone who wants its stream.</summary>
    public void Publish(TelemetryEvent item)
    {
        lock (_lock)
        {
            if (_isOpen)
                _backlog.Add(item);
            foreach (var subscriber in _subscribers.Values)
            {
                if (subscriber.Request.Types.HasFlag(item.Stream))
                    subscriber.Add(item);
            }
        }
    }

    /// <summary>The sandbox is frozen, or has no processes: nothing is sent.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            _isPaused = true;
            foreach (var subscriber in _subscribers.Values)
                subscriber.Pause();
        }
    }

    /// <summary>The sandbox goes on. Those who have not subscribed again since the last restart stay paused.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _isPaused = false;
            foreach (var name in _renewed)
                _subscribers[name].Resume();
        }
    }

    /// <summary>Sends all that waits without the wait that its subscriber asked for.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            foreach (var subscriber in _subscribers.Values)
                subscriber.Flush();
        }
    }

    /// <summary>The same, and waits until it was delivered or given up. Who is paused is not waited for.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
            return Task.WhenAll(_subscribers.Values.Select(s => s.FlushAsync()));
    }

    /// <summary>The subscriber's process has ended: what it was not sent yet waits until it subscribes again.</summary>
    public void Leave(string name)
    {
        lock (_lock)
        {
            _renewed.Remove(name);
            if (_subscribers.TryGetValue(name, out var subscriber))
                subscriber.Pause();
        }
    }

    /// <summary>The subscriber of that name; the first where it is null.</summary>
    /// <returns>Null where there is none.</returns>
    public Subscriber? Find(string? name)
    {
        lock (_lock)
            return name is null ? _subscribers.Values.FirstOrDefault() : _subscribers.GetValueOrDefault(name);
    }

    /// <summary>What became of each subscriber's events until now.</summary>
    public IReadOnlyList<TelemetryCount> Counts()
    {
        lock (_lock)
            return [.. _subscribers.Values.Select(s => s.Count)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscriber in _subscribers.Values)
            await subscriber.DisposeAsync();
    }

    void Replay(Subscriber subscriber)
    {
        foreach (var item in _backlog)
        {
            if (subscriber.Request.Types.HasFlag(item.Stream))
                subscriber.Add(item);
        }
    }
}
