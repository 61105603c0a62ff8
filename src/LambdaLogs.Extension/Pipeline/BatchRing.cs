using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Allocates the space of each batch within one block, one after the other, starting again at the beginning. Batches are never moved; a
/// gap that is too small is skipped.
/// </summary>
/// <param name="memory">The block.</param>
/// <param name="table">The entries.</param>
/// <param name="comfortable">A gap of this size is used without looking for a larger one.</param>
internal sealed unsafe class BatchRing(Block memory, BatchTable table, int comfortable)
{
    // Number of gaps that are examined before the ring counts as full.
    const int GapsMax = 16;

    // Bytes that stay resident when nothing waits.
    const int KeptBytes = 512 * 1024;

    int _lowest = BatchEntry.None;
    int _last = BatchEntry.None;
    int _freedAfter = BatchEntry.None;
    int _touched;

    /// <summary>Finds space for a new batch. It gets the whole gap until <see cref="Shrink"/>.</summary>
    /// <param name="index">Its entry.</param>
    /// <param name="size">Minimum number of bytes.</param>
    /// <returns>False if there is no such gap.</returns>
    public bool TryAllocate(int index, int size)
    {
        // Prefer low offsets: memory that was used before is already resident.
        if (GapAfter(BatchEntry.None) >= comfortable)
            return Link(index, BatchEntry.None);

        var best = LargerGap(_last, _freedAfter);
        var below = best;
        for (var gap = 0; gap < GapsMax && GapAfter(best) < comfortable; gap++)
        {
            below = Next(below);
            best = LargerGap(best, below);
        }

        return GapAfter(best) >= size && Link(index, best);
    }

    /// <summary>Trims a complete batch: the unused part of its gap becomes free.</summary>
    public void Shrink(int index) => _touched = Math.Max(_touched, table[index]->Offset + table[index]->Extent);

    /// <summary>Frees the space of a batch.</summary>
    public void Free(int index)
    {
        var entry = table[index];
        Shrink(index);
        if (entry->RingPrevious == BatchEntry.None)
            _lowest = entry->RingNext;
        else
            table[entry->RingPrevious]->RingNext = entry->RingNext;
        if (entry->RingNext != BatchEntry.None)
            table[entry->RingNext]->RingPrevious = entry->RingPrevious;
        if (_last == index)
            _last = entry->RingPrevious;
        if (_freedAfter == index || _lowest == BatchEntry.None)
            _freedAfter = BatchEntry.None;
        else
            _freedAfter = entry->RingPrevious;
    }

    /// <summary>Whether more memory was used than stays resident.</summary>
    public bool HasUnused => _touched > KeptBytes;

    /// <summary>After a burst, returns memory to the system that no batch occupies any more.</summary>
    public void Release()
    {
        if (_lowest != BatchEntry.None || !HasUnused)
            return;

        memory.Slice(0, Math.Min(_touched, memory.Length)).Release(KeptBytes);
        _touched = 0;
    }

    bool Link(int index, int below)
    {
        var entry = table[index];
        entry->Offset = EndOf(below);
        entry->Extent = GapAfter(below);
        entry->RingPrevious = below;
        entry->RingNext = AboveOf(below);
        if (below == BatchEntry.None)
            _lowest = index;
        else
            table[below]->RingNext = index;
        if (entry->RingNext != BatchEntry.None)
            table[entry->RingNext]->RingPrevious = index;
        _last = index;
        return true;
    }

    int LargerGap(int one, int other) => GapAfter(other) > GapAfter(one) ? other : one;

    int GapAfter(int index)
    {
        var above = AboveOf(index);
        return (above == BatchEntry.None ? memory.Length & -sizeof(int) : table[above]->Offset) - EndOf(index);
    }

    int Next(int index) => AboveOf(index);

    int EndOf(int index) => index == BatchEntry.None ? 0 : table[index]->Offset + table[index]->Extent;

    int AboveOf(int index) => index == BatchEntry.None ? _lowest : table[index]->RingNext;
}
