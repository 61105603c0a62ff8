using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// What waits for the endpoint: closed batches in order of arrival, one open batch behind them, at most one in flight before them.
/// Bounded in bytes. Every change keeps the ledger. All members are to be called with <see cref="Gate"/> held.
/// </summary>
/// <param name="options">The bounds.</param>
/// <param name="ledger">Where every record is.</param>
internal sealed class BatchQueue(PipelineOptions options, Ledger ledger)
{
    const int SparesMax = 3;

    // What formats ask for beyond the largest body while they cut a record short.
    const int BufferSlack = 1024;

    readonly List<Batch> _closed = [];
    readonly List<Batch> _spares = new(SparesMax);
    Batch? _open;
    Batch? _inFlight;

    /// <summary>Where every record is.</summary>
    public Ledger Ledger => ledger;

    /// <summary>Guards the queue and the ledger.</summary>
    public Lock Gate { get; } = new();

    /// <summary>
    /// Largest body of a batch. A quarter of a small buffer, so that dropping the oldest batch never gives up most of what waits.
    /// </summary>
    public int BodyBytesMax { get; } = (int)Math.Min(options.BatchMaxBytes, Math.Max(options.BufferMaxBytes / 4, 4096));

    /// <summary>Bytes that wait, the batch in flight included.</summary>
    public long Bytes { get; private set; }

    /// <summary>Records that rules hold back, before they are written. Kept by who knows the rules; counts as waiting.</summary>
    public long Held { get; set; }

    /// <summary>Records in all batches.</summary>
    public long Records
    {
        get
        {
            long records = (_inFlight?.Records ?? 0) + (_open?.Records ?? 0);
            foreach (var batch in _closed)
                records += batch.Records;
            return records;
        }
    }

    /// <summary>Whether anything waits, but for the batch in flight.</summary>
    public bool HasWaiting => HasClosed || _open is { Records: > 0 };

    /// <summary>Whether a batch is ready as it is.</summary>
    public bool HasClosed => _closed.Count > 0;

    /// <summary>Bytes in the open batch.</summary>
    public int OpenBytes => _open?.Length ?? 0;

    /// <summary>Whether the open batch has records, which are sent in any case.</summary>
    public bool HasOpen => _open is { Records: > 0 };

    /// <summary>When the open batch got its first record. Null: there is none.</summary>
    public long? OpenedAt => _open?.OpenedAt;

    /// <summary>Whether a batch is being sent.</summary>
    public bool HasInFlight => _inFlight is not null;

    /// <summary>Whether this batch is being sent, and still ours to deal with.</summary>
    public bool IsInFlight(Batch batch) => ReferenceEquals(_inFlight, batch);

    /// <summary>Largest encoded record that fits.</summary>
    /// <param name="headBytes">Size of the envelope's head.</param>
    public int RecordBytesMax(int headBytes) => BodyBytesMax - headBytes - LogFormat.TailBytesMax - 1;

    /// <summary>Finds room for one record that has been received.</summary>
    /// <param name="size">Its largest encoded size, at most <see cref="RecordBytesMax"/>, separator included.</param>
    /// <param name="head">The envelope's head, for a new batch.</param>
    /// <param name="now">The monotonic clock, asked only for a new batch.</param>
    /// <returns>The batch to write it into; null where the buffer is full and the record has been given up.</returns>
    public Batch? Reserve(int size, ReadOnlySpan<byte> head, TimeProvider now)
    {
        if (Bytes + size > options.BufferMaxBytes && !MakeRoom(size))
        {
            ledger.Drop(DropReason.BufferFull, 1);
            return null;
        }

        if (_open is { } batch && (batch.Length + size + LogFormat.TailBytesMax > BodyBytesMax || batch.Records >= options.BatchMaxRecords))
            Close();
        if (_open is null)
        {
            _open = NewBatch(head);
            _open.OpenedAt = now.GetTimestamp();
        }

        return _open;
    }

    /// <summary>A record was written into the batch that <see cref="Reserve"/> gave.</summary>
    public void Commit(Batch batch, int written)
    {
        batch.Commit(written);
        Bytes += written;
    }

    /// <summary>Takes the oldest batch for sending.</summary>
    /// <param name="withOpen">Whether the open batch may go where no closed one waits.</param>
    public Batch? Take(bool withOpen)
    {
        if (_closed.Count == 0 && withOpen)
            Close();
        if (_closed.Count == 0)
            return null;

        _inFlight = _closed[0];
        _closed.RemoveAt(0);
        return _inFlight;
    }

    /// <summary>The batch in flight was not taken by the endpoint: it waits in front again.</summary>
    public void Return()
    {
        _closed.Insert(0, _inFlight!);
        _inFlight = null;
    }

    /// <summary>The endpoint has taken the batch in flight.</summary>
    public void Delivered()
    {
        ledger.Deliver(_inFlight!.Records, _inFlight.Body.Length);
        Recycle();
    }

    /// <summary>The endpoint has taken a part of the batch in flight.</summary>
    /// <param name="rejected">How many records it will never take.</param>
    /// <param name="again">What is to be sent again, in front of everything else.</param>
    public void Settle(int rejected, IReadOnlyList<Batch> again)
    {
        var batch = _inFlight!;
        var delivered = batch.Records - rejected - again.Sum(part => part.Records);
        if (delivered > 0)
            ledger.Deliver(delivered, batch.Body.Length);
        if (rejected > 0)
            ledger.Drop(DropReason.Rejected, rejected, batch.Reports);
        Recycle();
        foreach (var part in again)
            Bytes += part.RecordBytes;
        _closed.InsertRange(0, again);
    }

    /// <summary>The batch in flight is given up.</summary>
    public void Drop(DropReason reason)
    {
        ledger.Drop(reason, _inFlight!.Records, _inFlight.Reports);
        Recycle();
    }

    /// <summary>The batch in flight is replaced by smaller ones, in its place.</summary>
    public void Replace(IReadOnlyList<Batch> parts)
    {
        Bytes -= _inFlight!.RecordBytes;
        foreach (var part in parts)
            Bytes += part.RecordBytes;
        _closed.InsertRange(0, parts);
        Spare(_inFlight);
        _inFlight = null;
    }

    /// <summary>Takes in a batch that a former process has left. It counts as received, and keeps the bounds as all others.</summary>
    public void Adopt(Batch batch)
    {
        ledger.Receive(batch.Records);
        if (Bytes + batch.RecordBytes > options.BufferMaxBytes && !MakeRoom(batch.RecordBytes))
        {
            ledger.Drop(DropReason.BufferFull, batch.Records);
            return;
        }

        Bytes += batch.RecordBytes;
        _closed.Add(batch);
    }

    /// <summary>Takes everything out, the batch in flight first. The ledger is left to the caller.</summary>
    public List<Batch> TakeAll()
    {
        Close();
        List<Batch> all = _inFlight is { } batch ? [batch, .. _closed] : [.. _closed];
        _closed.Clear();
        _inFlight = null;
        Bytes = 0;
        return all;
    }

    /// <summary>An empty batch, in a buffer that was used before where there is one.</summary>
    public Batch NewBatch(ReadOnlySpan<byte> head)
    {
        var batch = TakeSpare() ?? new Batch();
        batch.Start(head, BodyBytesMax + BufferSlack);
        return batch;
    }

    /// <summary>Holds the ledger against what is really here.</summary>
    public void Check()
    {
        ledger.Check(Records + Held);
    }

    void Close()
    {
        // A batch that was opened for a record which then could not be written goes nowhere; it waits for the next one.
        if (_open is not { Records: > 0 })
            return;

        _closed.Add(_open);
        _open = null;
    }

    bool MakeRoom(int size)
    {
        if (options.WhenFull == WhenFull.DropNewest)
            return false;

        while (Bytes + size > options.BufferMaxBytes)
        {
            // What is in flight may be arriving at this moment: it stays. The open batch goes last.
            if (_closed.Count == 0)
                Close();
            if (_closed.Count == 0)
                return false;

            var oldest = _closed[0];
            _closed.RemoveAt(0);
            ledger.Drop(DropReason.BufferFull, oldest.Records, oldest.Reports);
            Bytes -= oldest.RecordBytes;
            Spare(oldest);
        }

        return true;
    }

    void Recycle()
    {
        Bytes -= _inFlight!.RecordBytes;
        Spare(_inFlight);
        _inFlight = null;
    }

    Batch? TakeSpare()
    {
        if (_spares.Count == 0)
            return null;

        var last = _spares[^1];
        _spares.RemoveAt(_spares.Count - 1);
        return last;
    }

    void Spare(Batch batch)
    {
        // Buffers grow by doubling: a full body may stand in one of nearly twice its size, and the smallest is 8 KB.
        batch.Clear(keptBytesMax: 2 * Math.Max(BodyBytesMax, 4096));
        if (_spares.Count < SparesMax)
            _spares.Add(batch);
    }
}
