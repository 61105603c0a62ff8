using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// The entries of all batches, their number bounded, in a list of the order of arrival. Entries that were never used are untouched memory.
/// </summary>
/// <param name="memory">Where they are.</param>
internal sealed unsafe class BatchTable(Block memory)
{
    readonly int _count = memory.Length / sizeof(BatchEntry);
    int _free = BatchEntry.None;
    int _used;

    /// <summary>The batch that has waited longest. <see cref="BatchEntry.None"/>: there is none.</summary>
    public int First { get; private set; } = BatchEntry.None;

    /// <summary>The newest batch.</summary>
    public int Last { get; private set; } = BatchEntry.None;

    /// <summary>The entry with an index.</summary>
    public BatchEntry* this[int index] => (BatchEntry*)memory.Pointer + index;

    /// <summary>Whether another one can be added.</summary>
    public bool HasRoom => _free != BatchEntry.None || _used < _count;

    /// <summary>Adds an empty one, as the newest. Only where <see cref="HasRoom"/>.</summary>
    public int Add()
    {
        var index = _free == BatchEntry.None ? _used++ : _free;
        if (index == _free)
            _free = this[index]->After;
        *this[index] = new BatchEntry { Before = Last, After = BatchEntry.None };
        if (Last == BatchEntry.None)
            First = index;
        else
            this[Last]->After = index;
        Last = index;
        return index;
    }

    /// <summary>Takes one out.</summary>
    public void Remove(int index)
    {
        var entry = this[index];
        if (entry->Before == BatchEntry.None)
            First = entry->After;
        else
            this[entry->Before]->After = entry->After;
        if (entry->After == BatchEntry.None)
            Last = entry->Before;
        else
            this[entry->After]->Before = entry->Before;
        entry->After = _free;
        _free = index;
    }
}
