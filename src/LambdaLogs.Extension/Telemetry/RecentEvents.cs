namespace LambdaLogs.Extension.Telemetry;

/// <summary>Keeps the latest events of a kind in order of arrival; older ones are only counted. One thread at a time.</summary>
/// <typeparam name="T">The type of event.</typeparam>
internal sealed class RecentEvents<T>
    where T : class
{
    /// <summary>Number of events that are kept.</summary>
    public const int Capacity = 16;

    readonly T?[] _events = new T?[Capacity];

    /// <summary>Number of events in total.</summary>
    public long Count { get; private set; }

    /// <summary>Adds an event.</summary>
    public void Add(T item) => _events[Count++ % Capacity] = item;

    /// <summary>Adds the events of another instance, and its total.</summary>
    public void AddAll(RecentEvents<T> other)
    {
        Count += Math.Max(other.Count - Capacity, 0);
        for (var index = Math.Max(other.Count - Capacity, 0); index < other.Count; index++)
            Add(other._events[index % Capacity]!);
    }

    /// <summary>Finds an event that is kept.</summary>
    /// <param name="key">Passed to the callback, which then needs no closure: this runs in every invocation.</param>
    /// <param name="isWanted">Whether it is the one.</param>
    /// <returns>Null if there is none.</returns>
    public T? Find<TKey>(TKey key, Func<T, TKey, bool> isWanted)
    {
        foreach (var item in _events)
        {
            if (item is not null && isWanted(item, key))
                return item;
        }

        return null;
    }

    /// <summary>Visits the kept events, the oldest first.</summary>
    /// <param name="key">Passed to the callback.</param>
    /// <param name="look">Receives each event.</param>
    public void ForEach<TKey>(TKey key, Action<T, TKey> look)
    {
        for (var index = Math.Max(Count - Capacity, 0); index < Count; index++)
            look(_events[index % Capacity]!, key);
    }

    /// <summary>Visits the kept events, the oldest first.</summary>
    public void ForEach(Action<T> look)
    {
        for (var index = Math.Max(Count - Capacity, 0); index < Count; index++)
            look(_events[index % Capacity]!);
    }

    /// <summary>Removes all, and resets the total.</summary>
    public void Clear()
    {
        Array.Clear(_events);
        Count = 0;
    }
}
