namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>Numbers of steps in the order in which they were added, each once; emptied without a loop.</summary>
/// <param name="capacity">One more than the highest number.</param>
internal sealed class StepSet(int capacity)
{
    readonly int[] _dense = new int[capacity];
    readonly int[] _sparse = new int[capacity];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public int this[int index] => _dense[index];

    /// <summary>Adds a number.</summary>
    /// <returns>False where it is there already.</returns>
    public bool Add(int step)
    {
        var place = _sparse[step];
        if (place < Count && _dense[place] == step)
            return false;

        _sparse[step] = Count;
        _dense[Count++] = step;
        return true;
    }

    /// <summary>Takes all out.</summary>
    public void Clear() => Count = 0;
}
