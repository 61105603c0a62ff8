namespace LambdaLogs.Extension.Processing.Patterns;

/// <summary>A set of step numbers in insertion order (a sparse set); cleared without a loop.</summary>
/// <param name="capacity">The highest number plus one.</param>
internal sealed class StepSet(int capacity)
{
    readonly int[] _dense = new int[capacity];
    readonly int[] _sparse = new int[capacity];

    /// <summary>The number of elements.</summary>
    public int Count { get; private set; }

    /// <summary>The element at an index.</summary>
    public int this[int index] => _dense[index];

    /// <summary>Adds a number.</summary>
    /// <returns>False if it is already contained.</returns>
    public bool Add(int step)
    {
        var place = _sparse[step];
        if (place < Count && _dense[place] == step)
            return false;

        _sparse[step] = Count;
        _dense[Count++] = step;
        return true;
    }

    /// <summary>Removes all.</summary>
    public void Clear() => Count = 0;
}
