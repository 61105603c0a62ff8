namespace LambdaLogs.Extension.Telemetry;

/// <summary>The last events of a kind, in the order in which they came; older ones are only counted. One thread at a time.</summary>
/// <typeparam name="T">The event.</typeparam>
internal sealed class LastEvents<T>
    where T : class
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 16;

    readonly T?[] _events = new T?[Kept];

    /// <summary>How many came in all.</summary>
    public long Count { get; private set; }

    /// <summary>Takes one.</summary>
    public void Add(T item) => _events[Count++ % Kept] = item;

    /// <summary>Takes what another has kept, and counts all that it was given.</summary>
    public void AddAll(LastEvents<T> other)
    {
        Count += Math.Max(other.Count - Kept, 0);
        for (var index = Math.Max(other.Count - Kept, 0); index < other.Count; index++)
            Add(other._events[index % Kept]!);
    }

    /// <summary>One that is kept.</summary>
    /// <returns>Null where there is none.</returns>
    public T? Find(Predicate<T> isWanted) => Array.Find(_events, item => item is not null && isWanted(item));

    /// <summary>Forgets all, the count too.</summary>
    public void Clear()
    {
        Array.Clear(_events);
        Count = 0;
    }
}
