using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Encoded records on their way to the endpoint: a view of an entry of the queue's table and its bytes in the ring. The body was written
/// once, where it stays. Where only a part of its records goes, the body is put together in the queue's scratch memory. Not thread-safe:
/// guarded by the queue's gate; the body of the batch in flight is not changed by anybody.
/// </summary>
internal sealed unsafe class Batch
{
    readonly Block _ring;
    readonly Block _openEnds;
    readonly Block _scratch;
    BatchEntry* _entry;
    string? _id;
    int _tail;

    /// <param name="ring">Where bodies lie.</param>
    /// <param name="openEnds">Where the ends of an open batch's records are gathered.</param>
    /// <param name="scratch">For bodies that are put together.</param>
    /// <param name="entry">What it is a view of.</param>
    public Batch(Block ring, Block openEnds, Block scratch, BatchEntry* entry)
    {
        _ring = ring;
        _openEnds = openEnds;
        _scratch = scratch;
        _entry = entry;
    }

    /// <summary>The entry.</summary>
    public ref BatchEntry Entry => ref *_entry;

    /// <summary>Its id, the same over all attempts. Null until the first one: a clone of a snapshot must not share it.</summary>
    public string? Id
    {
        get => _id ??= _entry->IdLength == 0 ? null : Encoding.ASCII.GetString(_entry->Id, _entry->IdLength);
        set
        {
            _id = value;
            _entry->IdLength = value is null ? 0 : Encoding.ASCII.GetBytes(value, new Span<byte>(_entry->Id, BatchEntry.IdBytesMax));
        }
    }

    /// <summary>How many records are still ours.</summary>
    public int Waiting => _entry->Total - _entry->From;

    /// <summary>How many records go into the request.</summary>
    public int Records => IsPart ? _entry->Part : Waiting;

    /// <summary>Bytes written so far, without the envelope's end.</summary>
    public int Length => _entry->Length;

    /// <summary>Bytes of the records that are still ours, separators included: what it counts for in the buffer.</summary>
    public int RecordBytes => _entry->Length - _entry->Start;

    /// <summary>When its first record came, by the monotonic clock.</summary>
    public long OpenedAt => _entry->OpenedAt;

    /// <summary>How often sending it was tried.</summary>
    public int Attempts => _entry->Attempts;

    /// <summary>How many of its records are reports of drops.</summary>
    public int Reports
    {
        get => _entry->Reports;
        set => _entry->Reports = value;
    }

    /// <summary>Whether the body is complete.</summary>
    public bool IsSealed => _tail > 0;

    bool IsPart => _entry->Part > 0 && _entry->Part < Waiting;

    /// <summary>Whether the body lies in the ring as it is.</summary>
    bool IsWhole => _entry->From == 0 && _entry->Start == _entry->Head && !IsPart;

    byte* Start => _ring.Pointer + _entry->Offset;

    /// <summary>End of the record with this index.</summary>
    ref int End(int index) => ref ((int*)(_entry->EndsAt == 0 ? _openEnds.Pointer : Start + _entry->EndsAt))[index];

    /// <summary>Makes it a view of another entry.</summary>
    public void Show(BatchEntry* entry)
    {
        _entry = entry;
        _id = null;
        _tail = 0;
    }

    /// <summary>Starts it with the envelope's head.</summary>
    public void Begin(ReadOnlySpan<byte> head)
    {
        head.CopyTo(Room(head.Length));
        _entry->Head = _entry->Length = _entry->Start = head.Length;
    }

    /// <summary>Room behind what is written, exactly <paramref name="size"/> bytes.</summary>
    public Span<byte> Room(int size) => new Block((nint)Start, _entry->Extent).Slice(_entry->Length, size).Span;

    /// <summary>A record of <paramref name="written"/> bytes, its separator included, has been written into <see cref="Room"/>.</summary>
    public void Commit(int written)
    {
        _entry->Length += written;
        End(_entry->Total++) = _entry->Length;
    }

    /// <summary>No more records come: their ends are put behind them, and the rest of the ring is free.</summary>
    public void Close()
    {
        var endsAt = EndsOffset(_entry->Length);
        _openEnds.Span[..(_entry->Total * sizeof(int))].CopyTo(new Span<byte>(Start + endsAt, _entry->Total * sizeof(int)));
        _entry->EndsAt = endsAt;
        _entry->Extent = ExtentOf(_entry->Length, _entry->Total);
    }

    /// <summary>Bytes of the ring that a batch takes.</summary>
    /// <param name="length">Its head and records.</param>
    /// <param name="records">How many records.</param>
    public static int ExtentOf(int length, int records) => Aligned(EndsOffset(length) + (records * sizeof(int)));

    /// <summary>The whole body. Only once it is sealed.</summary>
    public ReadOnlySpan<byte> Body => IsWhole ? new(Start, _entry->Length + _tail) : _scratch.Span[..(PartLength + _tail)];

    /// <summary>One of the records that are still ours, without separator.</summary>
    /// <param name="index">0 for the first one.</param>
    public ReadOnlySpan<byte> Record(int index)
    {
        var start = StartOf(_entry->From + index);
        return new(Start + start, End(_entry->From + index) - start);
    }

    /// <summary>All records that are still ours, with the separators between them.</summary>
    public ReadOnlySpan<byte> AllRecords => new(Start + _entry->Start, RecordBytes);

    /// <summary>End of a record within <see cref="AllRecords"/>.</summary>
    public int EndOf(int index) => End(_entry->From + index) - _entry->Start;

    /// <summary>Bytes of the first so many records.</summary>
    public int BytesOf(int records) => records == 0 ? 0 : End(_entry->From + records - 1) - _entry->Start;

    /// <summary>
    /// Ends the body, always with the same bytes: a part is put together anew for each attempt, since others may have used the memory.
    /// </summary>
    /// <param name="format">The wire format.</param>
    /// <param name="now">When; counts at the first call.</param>
    public void Seal(LogFormat format, DateTimeOffset now)
    {
        var isAgain = _entry->SealedAt != 0;
        _entry->SealedAt = isAgain ? _entry->SealedAt : now.UtcTicks;
        if (IsSealed && IsWhole)
            return;

        var length = IsWhole ? _entry->Length : PartLength;
        var body = IsWhole ? new Span<byte>(Start, length + LogFormat.TailBytesMax) : _scratch.Span[..(length + LogFormat.TailBytesMax)];
        if (!IsWhole)
        {
            new ReadOnlySpan<byte>(Start, _entry->Head).CopyTo(body);
            AllRecords[..(length - _entry->Head)].CopyTo(body[_entry->Head..]);
        }

        _tail = format.Seal(new DateTimeOffset(_entry->SealedAt, TimeSpan.Zero), body, length);
    }

    /// <summary>The first records are done; the rest is another body, with another id.</summary>
    /// <param name="records">How many.</param>
    public void Advance(int records)
    {
        if (records == 0)
            return;

        _entry->From += records;
        _entry->Start = Waiting > 0 ? StartOf(_entry->From, isFirst: false) : _entry->Length;
        Renew();
    }

    /// <summary>How many records go into a request from now on.</summary>
    /// <param name="records">At least 1; more than there are: all.</param>
    public void Limit(int records)
    {
        if (records == _entry->Part || (records >= Waiting && !IsPart))
            return;

        _entry->Part = records >= Waiting ? 0 : records;
        Renew();
    }

    /// <summary>Of the first records only some are still ours, in their order: they are moved to those behind.</summary>
    /// <param name="indices">Which are kept, in order.</param>
    /// <param name="records">Of how many.</param>
    /// <param name="separator">What stands between two records.</param>
    /// <param name="first">How many of them are a body of their own, as the others are. 0: they go together.</param>
    public void Keep(IReadOnlyList<int> indices, int records, byte separator, int first = 0)
    {
        var at = _entry->From + records;
        var start = at < _entry->Total ? StartOf(at, isFirst: false) : _entry->Length + 1;
        for (var kept = indices.Count - 1; kept >= 0; kept--)
        {
            var record = Record(indices[kept]);
            // Before it, as before every record, is its separator.
            start -= 1 + record.Length;
            record.CopyTo(new Span<byte>(Start + start, record.Length));
            End(--at) = start + record.Length;
            if (start > _entry->Head)
                Start[start - 1] = separator;
        }

        _entry->From = at;
        _entry->Start = at < _entry->Total ? start : _entry->Length;
        // They are sent again, if with others: that is a retry.
        var attempts = _entry->Attempts;
        Renew();
        _entry->Attempts = attempts;
        _entry->Part = first > 0 ? first : indices.Count;
        _entry->NextPart = first > 0 ? indices.Count - first : 0;
    }

    /// <summary>The first record is replaced by a shorter one.</summary>
    public void Replace(ReadOnlySpan<byte> shorter)
    {
        _entry->Start = End(_entry->From) - shorter.Length;
        shorter.CopyTo(new Span<byte>(Start + _entry->Start, shorter.Length));
        Renew();
    }

    /// <summary>Another body: another id, and attempts of its own.</summary>
    void Renew()
    {
        Id = null;
        _entry->SealedAt = 0;
        _entry->Attempts = _entry->CutOffs = 0;
        _tail = 0;
    }

    int PartLength => _entry->Head + BytesOf(Records);

    int StartOf(int index) => StartOf(index, index == _entry->From);

    int StartOf(int index, bool isFirst) => isFirst ? _entry->Start : End(index - 1) + 1;

    static int EndsOffset(int length) => Aligned(length + LogFormat.TailBytesMax);

    static int Aligned(int size) => (size + sizeof(int) - 1) & -sizeof(int);
}
