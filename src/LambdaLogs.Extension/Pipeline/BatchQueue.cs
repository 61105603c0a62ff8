using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// What waits for the endpoint: batches in order of arrival, the newest of them open, at most one in flight. All of it lies in memory that
/// was reserved at the start: bounded in bytes of records, in bytes of memory and in batches. Every change keeps the ledger. All members
/// are to be called with <see cref="Gate"/> held.
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
    int _flying = BatchEntry.None;
    Batch? _inFlight;
    long _records;

    /// <param name="options">The bounds.</param>
    /// <param name="ledger">Where every record is.</param>
    /// <param name="arena">Where the memory comes from. Null: it is reserved here.</param>
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

    /// <summary>Where every record is.</summary>
    public Ledger Ledger { get; }

    /// <summary>Guards the queue and the ledger.</summary>
    public Lock Gate { get; } = new();

    /// <inheritdoc cref="QueueMemory.BodyBytesMax"/>
    public int BodyBytesMax { get; }

    /// <summary>Memory for one body, for whoever needs it while no part of a batch is in flight.</summary>
    public Span<byte> Scratch => _scratch.Span;

    /// <summary>Bytes that wait, the batch in flight included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether more than half of the buffer is used.</summary>
    public bool IsHalfFull => Bytes > _options.BufferMaxBytes / 2;

    /// <summary>Records that rules hold back, before they are written. Kept by who knows the rules; counts as waiting.</summary>
    public long Held { get; set; }

    /// <summary>Records in all batches.</summary>
    public long Records => _records;

    /// <summary>Batches that were delivered, wholly or in part.</summary>
    public long Deliveries { get; private set; }

    /// <summary>Whether anything waits, but for the batch in flight.</summary>
    public bool HasWaiting => HasClosed || HasOpen;

    /// <summary>Whether a batch is ready as it is.</summary>
    public bool HasClosed => NextClosed(BatchEntry.None) != BatchEntry.None;

    /// <summary>Bytes in the open batch.</summary>
    public int OpenBytes => _open == BatchEntry.None ? 0 : _table[_open]->Length;

    /// <summary>Whether the open batch has records, which are sent in any case.</summary>
    public bool HasOpen => _open != BatchEntry.None && _table[_open]->Total > 0;

    /// <summary>When the open batch got its first record. Null: there is none.</summary>
    public long? OpenedAt => _open == BatchEntry.None ? null : _table[_open]->OpenedAt;

    /// <summary>Whether a batch is being sent.</summary>
    public bool HasInFlight => _inFlight is not null;

    /// <summary>Whether this batch is being sent, and still ours to handle.</summary>
    public bool IsInFlight(Batch batch) => ReferenceEquals(_inFlight, batch);

    /// <summary>Largest encoded record that fits.</summary>
    /// <param name="headBytes">Size of the envelope's head.</param>
    public int RecordBytesMax(int headBytes) => BodyBytesMax - headBytes - LogFormat.TailBytesMax - 1;

    /// <summary>Finds room for one record that has been received.</summary>
    /// <param name="size">Its largest encoded size, at most <see cref="RecordBytesMax"/>, separator included.</param>
    /// <param name="head">The envelope's head, for a new batch.</param>
    /// <param name="now">The monotonic clock, asked only for a new batch.</param>
    /// <param name="slack">What the format may write beyond that in between.</param>
    /// <returns>The batch to write it into; null where the buffer is full and the record has been given up.</returns>
    public Batch? Reserve(int size, ReadOnlySpan<byte> head, TimeProvider now, int slack = 0)
    {
        if (Bytes + size > _options.BufferMaxBytes && !MakeRoom(size))
        {
            Ledger.Drop(DropReason.BufferFull, 1);
            return null;
        }

        if (_open != BatchEntry.None && !Fits(_table[_open], size, slack))
            Close();
        while (_open == BatchEntry.None && !TryOpen(Batch.ExtentOf(head.Length + size + slack, 1), head, now))
        {
            if (_options.WhenFull == WhenFull.DropNewest || !DropOldest())
            {
                Ledger.Drop(DropReason.BufferFull, 1);
                return null;
            }
        }

        return _openView;
    }

    /// <summary>A record was written into the batch that <see cref="Reserve"/> gave.</summary>
    public void Commit(Batch batch, int written)
    {
        batch.Commit(written);
        Bytes += written;
        _records++;
    }

    /// <summary>Takes the oldest batch for sending.</summary>
    /// <param name="withOpen">Whether the open batch may go where no closed one waits.</param>
    /// <param name="other">Whether to take another one, where there is one.</param>
    public Batch? Take(bool withOpen, bool other = false)
    {
        if (withOpen && (!HasClosed || other))
            Close();
        var first = NextClosed(BatchEntry.None);
        if (other && first != BatchEntry.None && NextClosed(first) is >= 0 and var next)
            first = next;
        if (first == BatchEntry.None)
            return null;

        _flying = first;
        _inFlight = View(first);
        return _inFlight;
    }

    /// <summary>Whether a closed batch waits besides the first one, or an open one.</summary>
    public bool HasOther => NextClosed(BatchEntry.None) is >= 0 and var first
        && (NextClosed(first) != BatchEntry.None || HasOpen);

    /// <summary>The batch in flight was not taken by the endpoint: it waits in its place again.</summary>
    public void Return()
    {
        _inFlight = null;
        _flying = BatchEntry.None;
    }

    /// <summary>The endpoint has taken the body in flight. What of its batch did not go with it waits in its place.</summary>
    public void Delivered() => Settle(rejected: 0, again: [], first: 0, separator: 0);

    /// <summary>The endpoint has taken a part of the body in flight.</summary>
    /// <param name="rejected">How many records it will never take.</param>
    /// <param name="again">Which are to be sent again, in their order.</param>
    /// <param name="first">How many of them go first, before the others. 0: all go together.</param>
    /// <param name="separator">What stands between two records.</param>
    public void Settle(int rejected, IReadOnlyList<int> again, int first, byte separator)
    {
        var batch = _inFlight!;
        var sent = batch.Records;
        var delivered = sent - rejected - again.Count;
        if (delivered > 0)
        {
            Ledger.Deliver(delivered, batch.Body.Length);
            Deliveries++;
        }

        if (rejected > 0)
            Ledger.Drop(DropReason.Rejected, rejected, batch.Reports);
        Uncount(batch);
        if (again.Count == 0)
            batch.Advance(sent);
        else
            batch.Keep(again, sent, separator, first);
        Land(batch);
    }

    /// <summary>The body in flight is given up.</summary>
    public void Drop(DropReason reason) => GiveUp(reason, _inFlight!.Records);

    /// <summary>The batch in flight is given up, with what of it has not gone yet.</summary>
    public void DropAll(DropReason reason) => GiveUp(reason, _inFlight!.Waiting);

    /// <summary>The first record of the batch in flight is replaced by a shorter one, and waits in its place.</summary>
    public void Replace(ReadOnlySpan<byte> shorter)
    {
        var batch = _inFlight!;
        Uncount(batch);
        batch.Replace(shorter);
        Land(batch);
    }

    /// <summary>Takes in a batch that a former process has left. It counts as received, and keeps the bounds as all others.</summary>
    /// <param name="records">All its records, with the separators between them.</param>
    /// <param name="ends">Where each ends, little-endian.</param>
    /// <param name="head">The envelope's head.</param>
    /// <param name="now">The monotonic clock.</param>
    /// <returns>The batch, to be completed. Null: there was no room.</returns>
    public Batch? Adopt(ReadOnlySpan<byte> records, ReadOnlySpan<int> ends, ReadOnlySpan<byte> head, TimeProvider now)
    {
        Ledger.Receive(ends.Length);
        var size = Batch.ExtentOf(head.Length + records.Length, ends.Length);
        Close();
        if (Bytes + records.Length > _options.BufferMaxBytes && !MakeRoom(records.Length)
            || !TryOpen(size, head, now))
        {
            Ledger.Drop(DropReason.BufferFull, ends.Length);
            return null;
        }

        var batch = View(_open);
        // Their ends are committed one by one, behind the bytes that are all there.
        records.CopyTo(batch.Room(records.Length));
        var done = 0;
        foreach (var end in ends)
        {
            Commit(batch, end - done);
            done = end;
        }

        Close();
        return batch;
    }

    /// <summary>The process ends: nothing is open or in flight any more.</summary>
    public void Stop()
    {
        Close();
        Return();
    }

    /// <summary>Gives every batch, the oldest first, to be counted, and forgets it. Only after <see cref="Stop"/>.</summary>
    /// <param name="take">Takes one.</param>
    public void TakeAll(Action<Batch> take)
    {
        for (var index = _table.First; index != BatchEntry.None; index = _table[index]->After)
            take(View(index));
        while (_table.First != BatchEntry.None)
            Forget(_table.First);
        Bytes = _records = 0;
    }

    /// <summary>Every closed batch, the oldest first.</summary>
    public void ForEach(Action<Batch> look)
    {
        for (var index = NextClosed(BatchEntry.None); index != BatchEntry.None; index = NextClosed(index))
            look(View(index));
    }

    /// <summary>Gives memory back that a burst has used. Cheap.</summary>
    public void Release()
    {
        if (_open != BatchEntry.None && _table[_open]->Total == 0)
            ForgetOpen();
        _ring.Release();
    }

    /// <summary>Holds the ledger against what is really here.</summary>
    public void Check() => Ledger.Check(Records + Held);

    void GiveUp(DropReason reason, int records)
    {
        var batch = _inFlight!;
        Ledger.Drop(reason, records, batch.Reports);
        Uncount(batch);
        batch.Advance(records);
        Land(batch);
    }

    void Uncount(Batch batch)
    {
        Bytes -= batch.RecordBytes;
        _records -= batch.Waiting;
    }

    /// <summary>The batch in flight waits in its place again, unless nothing of it is left.</summary>
    void Land(Batch batch)
    {
        Bytes += batch.RecordBytes;
        _records += batch.Waiting;
        if (batch.Waiting == 0)
            Forget(_flying);
        Return();
    }

    void Close()
    {
        // A batch that was opened for a record which then could not be written goes nowhere; it waits for the next one.
        if (_open == BatchEntry.None)
            return;

        if (_table[_open]->Total == 0)
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
        && open->Total < _recordsMax
        && Batch.ExtentOf(open->Length + size + slack, open->Total + 1) <= open->Extent;

    bool TryOpen(int size, ReadOnlySpan<byte> head, TimeProvider now)
    {
        if (!_table.HasRoom)
            return false;

        var index = _table.Add();
        if (!_ring.TryPlace(index, size))
        {
            _table.Remove(index);
            return false;
        }

        _open = index;
        _openView.Show(_table[index]);
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
        // What is in flight may be arriving at this moment: it stays. The open batch goes last.
        if (!HasClosed)
            Close();
        var oldest = NextClosed(BatchEntry.None);
        if (oldest == BatchEntry.None)
            return false;

        _dropView.Show(_table[oldest]);
        Ledger.Drop(DropReason.BufferFull, _dropView.Waiting, _dropView.Reports);
        Uncount(_dropView);
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
        index = index == BatchEntry.None ? _table.First : _table[index]->After;
        while (index != BatchEntry.None && (index == _flying || index == _open))
            index = _table[index]->After;
        return index;
    }

    Batch View(int index) => new(_bodies, _openEnds, _scratch, _table[index]);
}
