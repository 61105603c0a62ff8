using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Where each batch lies among the others: the bytes of one block, given out one behind the other and from the beginning again. What is
/// in use stays where it is; a gap that is too small is passed over.
/// </summary>
/// <param name="memory">The block.</param>
/// <param name="table">The entries.</param>
/// <param name="comfortable">A gap of this size is used without a look at others.</param>
internal sealed unsafe class BatchRing(Block memory, BatchTable table, int comfortable)
{
    // Gaps that are looked at before it counts as full.
    const int GapsMax = 16;

    // What stays in memory when nothing waits.
    const int KeptBytes = 512 * 1024;

    int _lowest = BatchEntry.None;
    int _last = BatchEntry.None;
    int _freedAfter = BatchEntry.None;
    int _touched;

    /// <summary>Finds a place for a new batch: all of the gap, until <see cref="Shrink"/>.</summary>
    /// <param name="index">Its entry.</param>
    /// <param name="size">What it needs at least.</param>
    /// <returns>False where there is none.</returns>
    public bool TryPlace(int index, int size)
    {
        // Low first: what was used before is in memory already.
        if (GapAfter(BatchEntry.None) >= comfortable)
            return Place(index, BatchEntry.None);

        var best = Better(_last, _freedAfter);
        var below = best;
        for (var gap = 0; gap < GapsMax && GapAfter(best) < comfortable; gap++)
        {
            below = Next(below);
            best = Better(best, below);
        }

        return GapAfter(best) >= size && Place(index, best);
    }

    /// <summary>The batch is complete: what it does not need of its gap is free.</summary>
    public void Shrink(int index) => _touched = Math.Max(_touched, table[index]->Offset + table[index]->Extent);

    /// <summary>The batch is done.</summary>
    public void Free(int index)
    {
        var entry = table[index];
        Shrink(index);
        if (entry->Below == BatchEntry.None)
            _lowest = entry->Above;
        else
            table[entry->Below]->Above = entry->Above;
        if (entry->Above != BatchEntry.None)
            table[entry->Above]->Below = entry->Below;
        if (_last == index)
            _last = entry->Below;
        if (_freedAfter == index || _lowest == BatchEntry.None)
            _freedAfter = BatchEntry.None;
        else
            _freedAfter = entry->Below;
    }

    /// <summary>After a burst: gives memory back that nothing lies in any more. Costs nothing where there was none.</summary>
    public void Release()
    {
        if (_lowest != BatchEntry.None || _touched <= KeptBytes)
            return;

        memory.Slice(0, Math.Min(_touched, memory.Length)).Release(KeptBytes);
        _touched = 0;
    }

    bool Place(int index, int below)
    {
        var entry = table[index];
        entry->Offset = EndOf(below);
        entry->Extent = GapAfter(below);
        entry->Below = below;
        entry->Above = AboveOf(below);
        if (below == BatchEntry.None)
            _lowest = index;
        else
            table[below]->Above = index;
        if (entry->Above != BatchEntry.None)
            table[entry->Above]->Below = index;
        _last = index;
        return true;
    }

    int Better(int one, int other) => GapAfter(other) > GapAfter(one) ? other : one;

    int GapAfter(int index)
    {
        var above = AboveOf(index);
        return (above == BatchEntry.None ? memory.Length & -sizeof(int) : table[above]->Offset) - EndOf(index);
    }

    int Next(int index) => AboveOf(index);

    int EndOf(int index) => index == BatchEntry.None ? 0 : table[index]->Offset + table[index]->Extent;

    int AboveOf(int index) => index == BatchEntry.None ? _lowest : table[index]->Above;
}
