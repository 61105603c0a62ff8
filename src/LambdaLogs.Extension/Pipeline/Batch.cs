using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Memory;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Encoded records on their way to the endpoint: a view of one entry of the queue's table and of its bytes in the ring. The body is
/// written once and not moved. If only a part of the records is sent, that body is assembled in the queue's scratch memory. Not
/// thread-safe: guarded by the queue's lock. The body of the batch in flight is never modified.
/// </summary>
internal sealed unsafe class Batch
{
    readonly Block _ring;
    readonly Block _openEnds;
    readonly Block _scratch;
    BatchEntry* _entry;
    string? _id;
    int _tail;
    int _probe = -1;

    /// <param name="ring">Contains the bodies.</param>
    /// <param name="openEnds">Contains the end offsets of the open batch's records.</param>
    /// <param name="scratch">For bodies that are assembled from a part of a batch.</param>
    /// <param name="entry">The entry to view.</param>
    public Batch(Block ring, Block openEnds, Block scratch, BatchEntry* entry)
    {
        _ring = ring;
        _openEnds = openEnds;
        _scratch = scratch;
        _entry = entry;
    }

    /// <summary>The entry in the table.</summary>
    public ref BatchEntry Entry => ref *_entry;

    /// <summary>The batch id, the same for all attempts. Null until the first attempt: clones of a snapshot must not share it.</summary>
    public string? Id
    {
        get => _id ??= _entry->IdLength == 0 ? null : Encoding.ASCII.GetString(_entry->Id, _entry->IdLength);
        set
        {
            _id = value;
            _entry->IdLength = value is null ? 0 : Encoding.ASCII.GetBytes(value, new Span<byte>(_entry->Id, BatchEntry.IdBytesMax));
        }
    }

    /// <summary>Number of records that are not settled yet.</summary>
    public int Remaining => _entry->RecordCount - _entry->FirstRecord;

    /// <summary>Number of records in the next request.</summary>
    public int Records => IsSingleRecordProbe ? 1 : IsPart ? _entry->RequestRecords : Remaining;

    /// <summary>Whether it has no record yet.</summary>
    public bool IsEmpty => _entry->RecordCount == 0;

    /// <summary>
    /// Number of records at the start that the response settles. For a single-record probe it includes the records before it.
    /// </summary>
    public int Reach => IsSingleRecordProbe ? _probe + 1 : Records;

    /// <summary>Whether the request has a single record, out of order.</summary>
    public bool IsSingleRecordProbe => _probe >= 0;

    /// <summary>Bytes written so far, without the end of the envelope.</summary>
    public int Length => _entry->Length;

    /// <summary>
    /// Bytes of the records that are not settled yet, including separators. This is what counts toward the buffer's limit.
    /// </summary>
    public int RecordBytes => _entry->Length - _entry->FirstRecordOffset;

    /// <summary>When the first record was added, by the monotonic clock.</summary>
    public long OpenedAt => _entry->OpenedAt;

    /// <summary>Number of attempts to send it.</summary>
    public int Attempts => _entry->Attempts;

    /// <summary>Number of its records that are drop reports.</summary>
    public int Reports
    {
        get => _entry->DropReports;
        set => _entry->DropReports = value;
    }

    /// <summary>Whether the body is complete.</summary>
    public bool IsSealed => _tail > 0;

    bool IsPart => _entry->RequestRecords > 0 && _entry->RequestRecords < Remaining;

    /// <summary>Whether the body is contiguous in the ring.</summary>
    bool IsWhole => _entry->FirstRecord == 0 && _entry->FirstRecordOffset == _entry->HeadLength && !IsPart && !IsSingleRecordProbe;

    byte* Start => _ring.Pointer + _entry->Offset;

    /// <summary>End offset of the record with this index.</summary>
    ref int End(int index) => ref ((int*)(_entry->EndsOffset == 0 ? _openEnds.Pointer : Start + _entry->EndsOffset))[index];

    /// <summary>Points the view to another entry.</summary>
    public void PointTo(BatchEntry* entry)
    {
        _entry = entry;
        _id = null;
        _tail = 0;
    }

    /// <summary>Starts the batch with the head of the envelope.</summary>
    public void Begin(ReadOnlySpan<byte> head)
    {
        head.CopyTo(FreeSpace(head.Length));
        _entry->HeadLength = _entry->Length = _entry->FirstRecordOffset = head.Length;
    }

    /// <summary>Free space after the written bytes, exactly <paramref name="size"/> bytes.</summary>
    public Span<byte> FreeSpace(int size) => new Block((nint)Start, _entry->Extent).Slice(_entry->Length, size).Span;

    /// <summary>
    /// Commits a record of <paramref name="written"/> bytes, including its separator, that was written into <see cref="FreeSpace"/>.
    /// </summary>
    public void Commit(int written)
    {
        _entry->Length += written;
        End(_entry->RecordCount++) = _entry->Length;
    }

    /// <summary>Closes the batch: the end offsets are stored after the records, and the rest of the ring becomes free.</summary>
    public void Close()
    {
        var endsAt = EndsOffset(_entry->Length);
        _openEnds.Span[..(_entry->RecordCount * sizeof(int))].CopyTo(new Span<byte>(Start + endsAt, _entry->RecordCount * sizeof(int)));
        _entry->EndsOffset = endsAt;
        _entry->Extent = ExtentOf(_entry->Length, _entry->RecordCount);
    }

    /// <summary>Bytes of the ring that a batch occupies.</summary>
    /// <param name="length">Length of head and records.</param>
    /// <param name="records">Number of records.</param>
    public static int ExtentOf(int length, int records) => Aligned(EndsOffset(length) + (records * sizeof(int)));

    /// <summary>The whole body. Only after the batch is sealed.</summary>
    public ReadOnlySpan<byte> Body => IsWhole ? new(Start, _entry->Length + _tail) : _scratch.Span[..(PartLength + _tail)];

    /// <summary>One of the unsettled records, without separator.</summary>
    /// <param name="index">0 for the first one.</param>
    public ReadOnlySpan<byte> Record(int index)
    {
        var start = StartOf(_entry->FirstRecord + index);
        return new(Start + start, End(_entry->FirstRecord + index) - start);
    }

    /// <summary>All unsettled records, with the separators between them.</summary>
    public ReadOnlySpan<byte> AllRecords => new(Start + _entry->FirstRecordOffset, RecordBytes);

    /// <summary>End offset of a record within <see cref="AllRecords"/>.</summary>
    public int EndOf(int index) => End(_entry->FirstRecord + index) - _entry->FirstRecordOffset;

    /// <summary>Bytes of the first <paramref name="records"/> records.</summary>
    public int BytesOf(int records) => records == 0 ? 0 : End(_entry->FirstRecord + records - 1) - _entry->FirstRecordOffset;

    /// <summary>
    /// Completes the body, always with the same bytes. A part is assembled again for each attempt, because the scratch memory is shared.
    /// </summary>
    /// <param name="format">The wire format.</param>
    /// <param name="now">The time of sealing. Only the first call sets it.</param>
    public void Seal(LogFormat format, DateTimeOffset now)
    {
        var sealedAt = _entry->SealedAt != 0 && !IsSingleRecordProbe ? _entry->SealedAt : now.UtcTicks;
        if (!IsSingleRecordProbe)
            _entry->SealedAt = sealedAt;
        if (IsSealed && IsWhole)
            return;

        var length = IsWhole ? _entry->Length : PartLength;
        var body = IsWhole ? new Span<byte>(Start, length + LogFormat.TailBytesMax) : _scratch.Span[..(length + LogFormat.TailBytesMax)];
        if (!IsWhole)
        {
            new ReadOnlySpan<byte>(Start, _entry->HeadLength).CopyTo(body);
            (IsSingleRecordProbe ? Record(_probe) : AllRecords[..(length - _entry->HeadLength)]).CopyTo(body[_entry->HeadLength..]);
        }

        _tail = format.Seal(new DateTimeOffset(sealedAt, TimeSpan.Zero), body, length);
    }

    /// <summary>
    /// Makes the next request a single record, out of order, as a body with an id of its own. Only this view changes: the batch keeps its
    /// id and its body.
    /// </summary>
    /// <param name="index">Index of the record.</param>
    /// <param name="id">Id of that body.</param>
    public void SendAlone(int index, string id)
    {
        _probe = index;
        _id = id;
        _tail = 0;
    }

    /// <summary>Settles the first records. The rest becomes a new body with a new id.</summary>
    /// <param name="records">Number of records.</param>
    public void Advance(int records)
    {
        if (records == 0)
            return;

        _entry->FirstRecord += records;
        _entry->FirstRecordOffset = Remaining > 0 ? StartOf(_entry->FirstRecord, isFirst: false) : _entry->Length;
        ResetBody();
    }

    /// <summary>Limits the number of records in the next requests.</summary>
    /// <param name="records">At least 1. More than there are: all.</param>
    public void Limit(int records)
    {
        if (records == _entry->RequestRecords || (records >= Remaining && !IsPart))
            return;

        _entry->RequestRecords = records >= Remaining ? 0 : records;
        ResetBody();
    }

    /// <summary>Keeps only some of the first records, in order, and moves them in front of the following ones.</summary>
    /// <param name="indices">Indices of the records to keep, ascending.</param>
    /// <param name="records">Number of records that the indices refer to.</param>
    /// <param name="separator">The byte between two records.</param>
    /// <param name="first">How many of the kept records form a separate body. 0: all are sent together.</param>
    public void KeepOnly(IReadOnlyList<int> indices, int records, byte separator, int first = 0)
    {
        var at = _entry->FirstRecord + records;
        var start = at < _entry->RecordCount ? StartOf(at, isFirst: false) : _entry->Length + 1;
        for (var kept = indices.Count - 1; kept >= 0; kept--)
        {
            var record = Record(indices[kept]);
            // Its separator precedes it, as for every record.
            start -= 1 + record.Length;
            record.CopyTo(new Span<byte>(Start + start, record.Length));
            End(--at) = start + record.Length;
            if (start > _entry->HeadLength)
                Start[start - 1] = separator;
        }

        _entry->FirstRecord = at;
        _entry->FirstRecordOffset = at < _entry->RecordCount ? start : _entry->Length;
        // They are sent again, although with other records: that counts as a retry.
        var attempts = _entry->Attempts;
        ResetBody();
        _entry->Attempts = attempts;
        _entry->RequestRecords = first > 0 ? first : indices.Count;
        _entry->NextRequestRecords = first > 0 ? indices.Count - first : 0;
    }

    /// <summary>Replaces the first record by a shorter one.</summary>
    public void Replace(ReadOnlySpan<byte> shorter)
    {
        _entry->FirstRecordOffset = End(_entry->FirstRecord) - shorter.Length;
        shorter.CopyTo(new Span<byte>(Start + _entry->FirstRecordOffset, shorter.Length));
        ResetBody();
    }

    /// <summary>Resets id and attempts, because the body has changed.</summary>
    void ResetBody()
    {
        _probe = -1;
        Id = null;
        _entry->SealedAt = 0;
        _entry->Attempts = _entry->CutOffs = 0;
        _tail = 0;
    }

    int PartLength => _entry->HeadLength + (IsSingleRecordProbe ? Record(_probe).Length : BytesOf(Records));

    int StartOf(int index) => StartOf(index, index == _entry->FirstRecord);

    int StartOf(int index, bool isFirst) => isFirst ? _entry->FirstRecordOffset : End(index - 1) + 1;

    static int EndsOffset(int length) => Aligned(length + LogFormat.TailBytesMax);

    static int Aligned(int size) => (size + sizeof(int) - 1) & -sizeof(int);
}
