using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// The entries of all batches, as a linked list in order of arrival with a bounded number of entries. Entries that were never used stay
/// untouched memory.
/// </summary>
/// <param name="memory">The memory for the entries.</param>
internal sealed unsafe class BatchTable(Block memory)
{
    readonly int _count = memory.Length / sizeof(BatchEntry);
    int _free = BatchEntry.None;
    int _used;

    /// <summary>Index of the batch that has waited longest. <see cref="BatchEntry.None"/>: there is none.</summary>
    public int First { get; private set; } = BatchEntry.None;

    /// <summary>Index of the newest batch.</summary>
    public int Last { get; private set; } = BatchEntry.None;

    /// <summary>The entry at an index.</summary>
    public BatchEntry* this[int index] => (BatchEntry*)memory.Pointer + index;

    /// <summary>Whether another entry can be added.</summary>
    public bool HasRoom => _free != BatchEntry.None || _used < _count;

    /// <summary>Adds an empty entry as the newest one. Requires <see cref="HasRoom"/>.</summary>
    public int Add()
    {
        var index = _free == BatchEntry.None ? _used++ : _free;
        if (index == _free)
            _free = this[index]->Next;
        *this[index] = new BatchEntry { Previous = Last, Next = BatchEntry.None };
        if (Last == BatchEntry.None)
            First = index;
        else
            this[Last]->Next = index;
        Last = index;
        return index;
    }

    /// <summary>Removes an entry.</summary>
    public void Remove(int index)
    {
        var entry = this[index];
        if (entry->Previous == BatchEntry.None)
            First = entry->Next;
        else
            this[entry->Previous]->Next = entry->Next;
        if (entry->Next == BatchEntry.None)
            Last = entry->Previous;
        else
            this[entry->Next]->Previous = entry->Previous;
        entry->Next = _free;
        _free = index;
    }
}
