using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>Writes records into batches in the destination's format. Call with the queue's gate held.</summary>
/// <param name="format">The wire format.</param>
/// <param name="queue">Gives the batches.</param>
/// <param name="time">Both clocks.</param>
internal sealed class BatchWriter(LogFormat format, BatchQueue queue, TimeProvider time) : IRecordSink
{
    // What the format wants beyond the bound while it cuts; source: LogFormat.WriteTruncated.
    const int TruncationSlack = 256;

    readonly DropReporter _drops = new(queue.Ledger, time);
    readonly int _recordBytesMax = Math.Min(queue.RecordBytesMax(format.Head.Length), format.Traits.RecordBytesMax);

    /// <summary>The endpoint has taken records.</summary>
    public void Arrived() => _drops.Arrived();

    /// <summary>Lines are about to be sent: a report of what was dropped goes with them where it is due.</summary>
    public void ReportDrops()
    {
        if (queue.HasOpen && _drops.Due() is { } report)
            Write(report, isReport: true);
    }

    /// <summary>Encodes one record into the open batch. A record larger than a batch is cut short, with a mark.</summary>
    public void Write(in LogRecord record) => Write(record, reports: 0);

    void Write(in LogRecord record, int reports)
    {
        var size = format.MaxSize(record);
        var fits = size <= _recordBytesMax;
        var reserved = (fits ? size : _recordBytesMax) + 1;
        if (queue.Reserve(reserved, format.Head, time) is not { } batch)
            return;

        var room = batch.Room(fits ? reserved : reserved + TruncationSlack);
        var separator = Separate(batch, room);
        var written = fits ? format.Write(record, room[separator..]) : format.WriteTruncated(record, room[separator..], _recordBytesMax);
        queue.Commit(batch, separator + written);
        batch.Reports += reports;
    }

    /// <inheritdoc/>
    void IRecordSink.Add(in LogRecord record) => Write(record);

    /// <summary>Encodes a record of our own making.</summary>
    public void Write(OwnRecord record) => Write(record, isReport: false);

    void Write(OwnRecord record, bool isReport)
    {
        queue.Ledger.Receive(1);
        Span<byte> now = stackalloc byte[Rfc3339.Size];
        Rfc3339.Write(time.GetUtcNow(), now);
        var requestId = Escape(record.RequestId);
        var written = new LogRecord
        {
            Time = now,
            Level = record.Level,
            Message = Escape(record.Message),
            LogType = Encoding.ASCII.GetBytes(record.LogType),
            // The platform's word is taken for an id only where it can be one: names are what a format cannot cut.
            RequestId = requestId.Length <= LogRecord.NameBytesMax ? requestId : default,
            Attributes = Encoding.UTF8.GetBytes(record.Attributes),
        };
        Write(written, isReport ? 1 : 0);
    }

    /// <summary>Writes the envelope's end. The body never changes afterwards, so that every attempt sends the same.</summary>
    public void Seal(Batch batch) => batch.Seal(format.Seal(time.GetUtcNow(), batch.Whole(LogFormat.TailBytesMax), batch.Length));

    /// <summary>Parts a batch in two halves of its records.</summary>
    /// <param name="batch">A batch of at least two records.</param>
    public IReadOnlyList<Batch> Split(Batch batch)
    {
        var middle = batch.Records / 2;
        return [Part(batch, 0, middle), Part(batch, middle, batch.Records)];
    }

    /// <summary>Cuts the only record of a batch to half its size.</summary>
    /// <param name="batch">A batch of one record.</param>
    /// <param name="shorter">The new batch.</param>
    /// <returns>False where it is too short already.</returns>
    public bool TryShorten(Batch batch, out Batch shorter)
    {
        shorter = batch;
        var record = batch.Record(0);
        var target = record.Length / 2;
        if (target < format.RecordBytesMin)
            return false;

        shorter = queue.NewBatch(format.Head);
        shorter.Commit(format.Shorten(record, shorter.Room(record.Length), target));
        return true;
    }

    /// <summary>A batch of some records of another, in their order.</summary>
    /// <param name="whole">The batch.</param>
    /// <param name="indices">Places of records in it, at least one.</param>
    public Batch Pick(Batch whole, IReadOnlyList<int> indices)
    {
        var part = NewPart(whole);
        part.Attempts = whole.Attempts;
        foreach (var index in indices)
            Copy(whole, index, part);
        return part;
    }

    Batch Part(Batch whole, int from, int to)
    {
        var part = NewPart(whole);
        for (var index = from; index < to; index++)
            Copy(whole, index, part);
        return part;
    }

    // Which record is a report is not known: each part may have it.
    Batch NewPart(Batch whole)
    {
        var part = queue.NewBatch(format.Head);
        part.Reports = whole.Reports;
        return part;
    }

    void Copy(Batch whole, int index, Batch part)
    {
        var record = whole.Record(index);
        var room = part.Room(record.Length + 1);
        var separator = Separate(part, room);
        record.CopyTo(room[separator..]);
        part.Commit(separator + record.Length);
    }

    static ReadOnlySpan<byte> Escape(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var escaped = new byte[JsonText.EscapedMax(plain)];
        return escaped.AsSpan(0, JsonText.Escape(plain, escaped));
    }

    int Separate(Batch batch, Span<byte> room)
    {
        if (batch.Records == 0)
            return 0;

        room[0] = format.Separator;
        return 1;
    }
}
