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
    /// <returns>Null if there is none.</returns>
    public T? Find(Predicate<T> isWanted) => Array.Find(_events, item => item is not null && isWanted(item));

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
