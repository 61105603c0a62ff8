using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// The batches that wait for the endpoint, in order of arrival. The newest is open, and at most one is in flight. They are stored in
/// memory that was reserved at the start, with limits for bytes of records, bytes of memory and number of batches. Every change updates
/// the ledger. All members require <see cref="Gate"/> to be held.
/// </summary>
internal sealed unsafe class BatchQueue
{
    readonly PipelineOptions _options;
    readonly Arena _arena;
    readonly BatchTable _table;
    readonly BatchRing _ring;
    readonly int _recordsMax;
    readonly Block _bodies;
    readonly Block _openEnds;
    readonly Block _scratch;
    readonly Batch _openView;
    readonly Batch _dropView;
    int _open = BatchEntry.None;
    int _inFlightIndex = BatchEntry.None;
    Batch? _inFlight;
    long _records;

    /// <param name="options">The limits.</param>
    /// <param name="ledger">Counts where every record is.</param>
    /// <param name="arena">Provides the memory. Null: the queue reserves its own.</param>
    public BatchQueue(PipelineOptions options, Ledger ledger, Arena? arena = null)
    {
        var memory = new QueueMemory(options);
        _options = options;
        _arena = arena ?? new Arena(memory.Bytes);
        Ledger = ledger;
        BodyBytesMax = memory.BodyBytesMax;
        _recordsMax = memory.RecordsMax;
        _bodies = _arena.Take((int)memory.RingBytes);
        _table = new BatchTable(_arena.Take(memory.TableBytes));
        _openEnds = _arena.Take(memory.EndsBytes);
        _scratch = _arena.Take(memory.ScratchBytes);
        _ring = new BatchRing(_bodies, _table, memory.BatchBytes);
        _openView = new Batch(_bodies, _openEnds, _scratch, null);
        _dropView = new Batch(_bodies, _openEnds, _scratch, null);
    }

    /// <summary>Counts where every record is.</summary>
    public Ledger Ledger { get; }

    /// <summary>The lock that guards the queue and the ledger.</summary>
    public Lock Gate { get; } = new();

    /// <inheritdoc cref="QueueMemory.BodyBytesMax"/>
    public int BodyBytesMax { get; }

    /// <summary>Scratch memory for one body. Available while no part of a batch is in flight.</summary>
    public Span<byte> Scratch => _scratch.Span;

    /// <summary>Bytes that wait, including the batch in flight.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether more than half of the buffer is used.</summary>
    public bool IsHalfFull => Bytes > _options.BufferMaxBytes / 2;

    /// <summary>Records that rules hold back before they are written. Set by the pipeline; they count as waiting.</summary>
    public long Held { get; set; }

    /// <summary>Number of records in all batches.</summary>
    public long Records => _records;

    /// <summary>Number of batches that were delivered, wholly or in part.</summary>
    public long Deliveries { get; private set; }

    /// <summary>Whether anything waits besides the batch in flight.</summary>
    public bool HasWaiting => HasClosed || HasOpen;

    /// <summary>Whether a closed batch waits.</summary>
    public bool HasClosed => NextClosed(BatchEntry.None) != BatchEntry.None;

    /// <summary>Bytes in the open batch.</summary>
    public int OpenBytes => _open == BatchEntry.None ? 0 : _table[_open]->Length;

    /// <summary>Whether the open batch has records.</summary>
    public bool HasOpen => _open != BatchEntry.None && _table[_open]->RecordCount > 0;

    /// <summary>When the first record was added to the open batch. Null: there is none.</summary>
    public long? OpenedAt => _open == BatchEntry.None ? null : _table[_open]->OpenedAt;

    /// <summary>Whether a batch is being sent.</summary>
    public bool HasInFlight => _inFlight is not null;

    /// <summary>Whether this batch is being sent and was not settled in the meantime.</summary>
    public bool IsInFlight(Batch batch) => ReferenceEquals(_inFlight, batch);

    /// <summary>Size of the largest encoded record that fits.</summary>
    /// <param name="headBytes">Length of the envelope's head.</param>
    public int RecordBytesMax(int headBytes) => BodyBytesMax - headBytes - LogFormat.TailBytesMax - 1;

    /// <summary>Reserves space for one received record.</summary>
    /// <param name="size">Its largest encoded size, including the separator; at most <see cref="RecordBytesMax"/>.</param>
    /// <param name="head">The head of the envelope, for a new batch.</param>
    /// <param name="now">The monotonic clock, read only for a new batch.</param>
    /// <param name="slack">Additional bytes that the format may need while it writes.</param>
    /// <returns>The batch to write into. Null: the buffer is full and the record was dropped.</returns>
    public Batch? Reserve(int size, ReadOnlySpan<byte> head, TimeProvider now, int slack = 0)
    {
        if (Bytes + size > _options.BufferMaxBytes && !MakeRoom(size))
        {
            Ledger.CountDropped(DropReason.BufferFull, 1);
            return null;
        }

        if (_open != BatchEntry.None && !Fits(_table[_open], size, slack))
            Close();
        while (_open == BatchEntry.None && !TryOpen(Batch.ExtentOf(head.Length + size + slack, 1), head, now))
        {
            if (_options.WhenFull == WhenFull.DropNewest || !DropOldest())
            {
                Ledger.CountDropped(DropReason.BufferFull, 1);
                return null;
            }
        }

        return _openView;
    }

    /// <summary>Commits a record that was written into the batch from <see cref="Reserve"/>.</summary>
    public void Commit(Batch batch, int written)
    {
        batch.Commit(written);
        Bytes += written;
        _records++;
    }

    /// <summary>Takes the oldest batch for sending.</summary>
    /// <param name="withOpen">Whether to take the open batch if no closed one waits.</param>
    /// <param name="other">Whether to prefer the second batch, if there is one.</param>
    public Batch? Take(bool withOpen, bool other = false)
    {
        if (withOpen && (!HasClosed || other))
            Close();
        var first = NextClosed(BatchEntry.None);
        if (other && first != BatchEntry.None && NextClosed(first) is >= 0 and var next)
            first = next;
        if (first == BatchEntry.None)
            return null;

        _inFlightIndex = first;
        _inFlight = View(first);
        return _inFlight;
    }

    /// <summary>Whether a second batch waits, closed or open.</summary>
    public bool HasOther => NextClosed(BatchEntry.None) is >= 0 and var first
        && (NextClosed(first) != BatchEntry.None || HasOpen);

    /// <summary>Returns the batch in flight to its position in the queue, because the endpoint did not accept it.</summary>
    public void Return()
    {
        _inFlight = null;
        _inFlightIndex = BatchEntry.None;
    }

    /// <summary>Settles the body in flight as delivered. Records of the batch that were not in it keep waiting.</summary>
    public void Delivered() => Settle(rejected: 0, again: [], first: 0, separator: 0);

    /// <summary>Settles the body in flight as partly delivered.</summary>
    /// <param name="rejected">Number of records that were rejected permanently.</param>
    /// <param name="again">Indices of the records to send again, ascending.</param>
    /// <param name="first">How many of them are sent first, separately. 0: all together.</param>
    /// <param name="separator">The byte between two records.</param>
    public void Settle(int rejected, IReadOnlyList<int> again, int first, byte separator)
    {
        var batch = _inFlight!;
        var sent = batch.Reach;
        var delivered = sent - rejected - again.Count;
        if (delivered > 0)
        {
            Ledger.CountDelivered(delivered, batch.Body.Length);
            Deliveries++;
        }

        if (rejected > 0)
            Ledger.CountDropped(DropReason.Rejected, rejected, batch.Reports);
        SubtractBytes(batch);
        if (again.Count == 0)
            batch.Advance(sent);
        else
            batch.KeepOnly(again, sent, separator, first);
        ReturnUnlessEmpty(batch);
    }

    /// <summary>Drops the body in flight.</summary>
    public void Drop(DropReason reason) => DropRecords(reason, _inFlight!.Records);

    /// <summary>Drops the whole batch in flight, including records that were not in the body.</summary>
    public void DropAll(DropReason reason) => DropRecords(reason, _inFlight!.Remaining);

    /// <summary>Replaces the first record of the batch in flight by a shorter one and returns the batch to the queue.</summary>
    public void Replace(ReadOnlySpan<byte> shorter)
    {
        var batch = _inFlight!;
        SubtractBytes(batch);
        batch.Replace(shorter);
        ReturnUnlessEmpty(batch);
    }

    /// <summary>Adds a batch from the spill file of a previous process. It counts as received and is subject to the same limits.</summary>
    /// <param name="records">All its records, with separators.</param>
    /// <param name="ends">End offset of each record, little-endian.</param>
    /// <param name="head">The head of the envelope.</param>
    /// <param name="now">The monotonic clock.</param>
    /// <returns>The batch, still to be completed. Null: there was no room.</returns>
    public Batch? AddRestored(ReadOnlySpan<byte> records, ReadOnlySpan<int> ends, ReadOnlySpan<byte> head, TimeProvider now)
    {
        Ledger.CountReceived(ends.Length);
        var size = Batch.ExtentOf(head.Length + records.Length, ends.Length);
        Close();
        if (Bytes + records.Length > _options.BufferMaxBytes && !MakeRoom(records.Length)
            || !TryOpen(size, head, now))
        {
            Ledger.CountDropped(DropReason.BufferFull, ends.Length);
            return null;
        }

        var batch = View(_open);
        // The bytes are complete; the end offsets are committed one by one.
        records.CopyTo(batch.FreeSpace(records.Length));
        var done = 0;
        foreach (var end in ends)
        {
            Commit(batch, end - done);
            done = end;
        }

        Close();
        return batch;
    }

    /// <summary>Closes everything at the end of the process: no batch is open or in flight afterwards.</summary>
    public void Stop()
    {
        Close();
        Return();
    }

    /// <summary>Passes every batch to a callback, the oldest first, and removes it. Only after <see cref="Stop"/>.</summary>
    /// <param name="take">Receives each batch.</param>
    public void TakeAll(Action<Batch> take)
    {
        for (var index = _table.First; index != BatchEntry.None; index = _table[index]->Next)
            take(View(index));
        while (_table.First != BatchEntry.None)
            Forget(_table.First);
        Bytes = _records = 0;
    }

    /// <summary>Visits every closed batch, the oldest first.</summary>
    public void ForEach(Action<Batch> look)
    {
        for (var index = NextClosed(BatchEntry.None); index != BatchEntry.None; index = NextClosed(index))
            look(View(index));
    }

    /// <summary>Whether <see cref="Release"/> would return something.</summary>
    public bool HasUnused => _records == 0 && _ring.HasUnused;

    /// <summary>Returns memory that a burst has used to the system.</summary>
    public void Release()
    {
        if (_open != BatchEntry.None && _table[_open]->RecordCount == 0)
            ForgetOpen();
        _ring.Release();
    }

    /// <summary>Verifies the ledger against the content of the queue.</summary>
    public void VerifyLedger() => Ledger.Verify(Records + Held);

    void DropRecords(DropReason reason, int records)
    {
        var batch = _inFlight!;
        Ledger.CountDropped(reason, records, batch.Reports);
        SubtractBytes(batch);
        batch.Advance(records);
        ReturnUnlessEmpty(batch);
    }

    void SubtractBytes(Batch batch)
    {
        Bytes -= batch.RecordBytes;
        _records -= batch.Remaining;
    }

    /// <summary>Returns the batch in flight to the queue, unless nothing of it is left.</summary>
    void ReturnUnlessEmpty(Batch batch)
    {
        Bytes += batch.RecordBytes;
        _records += batch.Remaining;
        if (batch.Remaining == 0)
            Forget(_inFlightIndex);
        Return();
    }

    /// <summary>Closes the open batch, if any: the next record opens another one.</summary>
    public void Close()
    {
        // A batch that was opened for a record which could not be written is empty: it is removed.
        if (_open == BatchEntry.None)
            return;

        if (_table[_open]->RecordCount == 0)
        {
            ForgetOpen();
            return;
        }

        _openView.Close();
        _ring.Shrink(_open);
        _open = BatchEntry.None;
    }

    bool Fits(BatchEntry* open, int size, int slack) =>
        open->Length + size + LogFormat.TailBytesMax <= BodyBytesMax
        && open->RecordCount < _recordsMax
        && Batch.ExtentOf(open->Length + size + slack, open->RecordCount + 1) <= open->Extent;

    bool TryOpen(int size, ReadOnlySpan<byte> head, TimeProvider now)
    {
        if (!_table.HasRoom)
            return false;

        var index = _table.Add();
        if (!_ring.TryAllocate(index, size))
        {
            _table.Remove(index);
            return false;
        }

        _open = index;
        _openView.PointTo(_table[index]);
        _openView.Begin(head);
        _table[index]->OpenedAt = now.GetTimestamp();
        return true;
    }

    bool MakeRoom(int size)
    {
        if (_options.WhenFull == WhenFull.DropNewest)
            return false;

        while (Bytes + size > _options.BufferMaxBytes)
        {
            if (!DropOldest())
                return false;
        }

        return true;
    }

    bool DropOldest()
    {
        // The batch in flight may be arriving at this moment, so it stays. The open batch is dropped last.
        if (!HasClosed)
            Close();
        var oldest = NextClosed(BatchEntry.None);
        if (oldest == BatchEntry.None)
            return false;

        _dropView.PointTo(_table[oldest]);
        Ledger.CountDropped(DropReason.BufferFull, _dropView.Remaining, _dropView.Reports);
        SubtractBytes(_dropView);
        Forget(oldest);
        return true;
    }

    void ForgetOpen()
    {
        Forget(_open);
        _open = BatchEntry.None;
    }

    void Forget(int index)
    {
        _ring.Free(index);
        _table.Remove(index);
    }

    /// <summary>The next batch in order that is closed and not in flight.</summary>
    int NextClosed(int index)
    {
        index = index == BatchEntry.None ? _table.First : _table[index]->Next;
        while (index != BatchEntry.None && (index == _inFlightIndex || index == _open))
            index = _table[index]->Next;
        return index;
    }

    Batch View(int index) => new(_bodies, _openEnds, _scratch, _table[index]);
}
