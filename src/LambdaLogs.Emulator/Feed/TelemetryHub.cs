using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Feed;

/// <summary>
/// Publishes the sandbox's events to all subscribers. Events during Init are kept for extensions that subscribe later in the same Init.
/// Thread-safe.
/// </summary>
/// <param name="setup">The setup that all subscribers share.</param>
internal sealed class TelemetryHub(FeedSetup setup) : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly Dictionary<string, Subscriber> _subscribers = [];
    readonly HashSet<string> _resubscribed = [];
    readonly List<TelemetryEvent> _backlog = [];
    bool _isOpen;
    bool _isPaused;

    /// <summary>True while subscriptions are accepted.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock)
                return _isOpen;
        }
    }

    /// <summary>Called at the start of an Init. Earlier subscribers receive nothing until they have subscribed again.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _isOpen = true;
            _backlog.Clear();
            _resubscribed.Clear();
        }
    }

    /// <summary>Called at the end of an Init. Subscribers that did not subscribe again are removed.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isOpen = false;
            _backlog.Clear();
        }
    }

    /// <summary>Adds a subscriber, or replaces the subscription of the one with that name.</summary>
    /// <returns>True if the name had subscribed before.</returns>
    public bool Subscribe(string name, SubscriptionRequest request)
    {
        lock (_lock)
        {
            var isKnown = _subscribers.TryGetValue(name, out var known);
            if (known is not null)
                known.Resubscribe(request, setup);
            else
                _subscribers[name] = known = new Subscriber(name, request, setup);

            // Events published before a restart are already in the subscriber's buffer.
            if (!isKnown)
                Replay(known);
            _resubscribed.Add(name);
            if (_isPaused)
                known.Pause();
            else
                known.Resume();
            return isKnown;
        }
    }

    /// <summary>The subscription that the extension made since its last start. Null if it made none.</summary>
    public SubscriptionRequest? Current(string name)
    {
        lock (_lock)
            return _resubscribed.Contains(name) ? _subscribers[name].Request : null;
    }

    /// <summary>Adds an event to every subscriber of its stream.</summary>
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

    /// <summary>Stops sending: the sandbox is frozen or has no processes.</summary>
    public void Pause()
    {
        lock (_lock)
        {
            _isPaused = true;
            foreach (var subscriber in _subscribers.Values)
                subscriber.Pause();
        }
    }

    /// <summary>Resumes sending. Subscribers that have not subscribed again since the last restart stay paused.</summary>
    public void Resume()
    {
        lock (_lock)
        {
            _isPaused = false;
            foreach (var name in _resubscribed)
                _subscribers[name].Resume();
        }
    }

    /// <summary>Sends all buffered events without waiting for the buffering limits.</summary>
    public void Flush()
    {
        lock (_lock)
        {
            foreach (var subscriber in _subscribers.Values)
                subscriber.Flush();
        }
    }

    /// <summary>Sends all buffered events and waits until they were delivered or dropped. Paused subscribers are skipped.</summary>
    public Task FlushAsync()
    {
        lock (_lock)
            return Task.WhenAll(_subscribers.Values.Select(s => s.FlushAsync()));
    }

    /// <summary>Called when the subscriber's process has ended: unsent events wait until it subscribes again.</summary>
    public void PauseSubscriber(string name)
    {
        lock (_lock)
        {
            _resubscribed.Remove(name);
            if (_subscribers.TryGetValue(name, out var subscriber))
                subscriber.Pause();
        }
    }

    /// <summary>The subscriber with that name, or the first one for null.</summary>
    /// <returns>Null if there is none.</returns>
    public Subscriber? Find(string? name)
    {
        lock (_lock)
            return name is null ? _subscribers.Values.FirstOrDefault() : _subscribers.GetValueOrDefault(name);
    }

    /// <summary>The telemetry counts of every subscriber.</summary>
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
