using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>Writes records into batches in the destination's format. Requires the queue's lock to be held.</summary>
/// <param name="formats">The wire format of each tenant.</param>
/// <param name="queue">Provides the batches.</param>
/// <param name="time">The wall clock and the monotonic clock.</param>
internal sealed class BatchWriter(TenantFormats formats, BatchQueue queue, TimeProvider time) : IRecordSink
{
    // Extra bytes that the format needs while it truncates a record; see LogFormat.WriteTruncated.
    const int TruncationSlack = 256;

    readonly DropReporter _drops = new(queue.Ledger, time);
    int _tenant;
    LogFormat _format = formats[TenantFormats.Environment];
    int _recordBytesMax = RecordBytesMax(queue, formats[TenantFormats.Environment]);

    /// <inheritdoc cref="TenantFormats.IsAwaited"/>
    public bool AwaitsTenant => formats.IsAwaited;

    /// <summary>The tenant that a batch is sent for. Empty: none.</summary>
    public string TenantOf(Batch batch) => formats.NameOf(batch.Entry.Tenant);

    /// <inheritdoc cref="TenantFormats.ObservesInvocations"/>
    public bool ObservesInvocations => formats.ObservesInvocations;

    /// <inheritdoc cref="TenantFormats.ObserveInvocation"/>
    public bool ObserveInvocation(in LogRecord record) => formats.ObserveInvocation(in record);

    /// <summary>Call when the endpoint has accepted records.</summary>
    public void OnDelivered() => _drops.OnDelivered();

    /// <summary>Call before lines are sent: adds a drop report if one is due.</summary>
    public void ReportDrops()
    {
        if (queue.HasOpen && _drops.TakeDue() is { } report)
            Write(report, isReport: true);
    }

    /// <summary>Encodes one record into the open batch. A record that is larger than a batch is truncated and marked.</summary>
    public void Write(in LogRecord record) => Write(record, reports: 0);

    void Write(in LogRecord record, int reports)
    {
        if (formats.Differ && formats.Of(in record) is >= 0 and var tenant)
            SwitchTenant(tenant);
        if (_format.IsPlain(in record))
            WritePrepared(in record, reports);
        else
            WritePrepared(_format.Prepare(in record), reports);
    }

    /// <summary>The following records belong to this tenant.</summary>
    void SwitchTenant(int tenant)
    {
        if (tenant == _tenant)
            return;

        queue.Close();
        _tenant = tenant;
        _format = formats[tenant];
        _recordBytesMax = RecordBytesMax(queue, _format);
    }

    static int RecordBytesMax(BatchQueue queue, LogFormat format) =>
        Math.Min(queue.RecordBytesMax(format.Head.Length), format.Traits.RecordBytesMax);

    void WritePrepared(in LogRecord record, int reports)
    {
        var size = _format.MaxSize(record);
        var fits = size <= _recordBytesMax;
        var reserved = (fits ? size : _recordBytesMax) + 1;
        if (queue.Reserve(reserved, _format.Head, time, fits ? 0 : TruncationSlack) is not { } batch)
            return;

        if (batch.IsEmpty)
            batch.Entry.Tenant = _tenant;
        var room = batch.FreeSpace(fits ? reserved : reserved + TruncationSlack);
        var separator = WriteSeparator(batch, room);
        var written = fits ? _format.Write(record, room[separator..]) : _format.WriteTruncated(record, room[separator..], _recordBytesMax);
        queue.Commit(batch, separator + written);
        batch.Reports += reports;
    }

    /// <inheritdoc/>
    void IRecordSink.Add(in LogRecord record) => Write(record);

    /// <summary>Encodes a record that the extension itself created.</summary>
    public void Write(OwnRecord record) => Write(record, isReport: false);

    void Write(OwnRecord record, bool isReport)
    {
        queue.Ledger.CountReceived(1);
        Span<byte> now = stackalloc byte[Rfc3339.Size];
        Rfc3339.Write(time.GetUtcNow(), now);
        var requestId = Escape(record.RequestId);
        var written = new LogRecord
        {
            Time = now,
            Level = record.Level,
            Message = Escape(record.Message),
            LogType = Encoding.ASCII.GetBytes(record.LogType),
            // Use the platform's id only if it can be one: a format cannot truncate names.
            RequestId = requestId.Length <= LogRecord.NameBytesMax ? requestId : default,
            Attributes = Encoding.UTF8.GetBytes(record.Attributes),
        };
        Write(written, isReport ? 1 : 0);
    }

    /// <summary>Completes a body. It stays the same for all attempts.</summary>
    public void Seal(Batch batch) => batch.Seal(formats[batch.Entry.Tenant], time.GetUtcNow());

    /// <summary>Settles the body in flight by the response to its single records. Records to be sent again wait in front.</summary>
    public void Settle(PartialSettlement settlement)
    {
        List<int> again = [.. settlement.RetryIndices.SelectMany(part => part)];
        var first = settlement.RetryIndices.Count > 1 ? settlement.RetryIndices[0].Count : 0;
        queue.Settle(settlement.Rejected, again, first, _format.Separator);
    }

    /// <summary>The single-record probe in flight was delivered. The records before it are sent next.</summary>
    public void SettleProbe(Batch batch)
    {
        var part = batch.Entry.RequestRecords;
        queue.Settle(0, [.. Enumerable.Range(0, batch.Reach - 1)], 0, _format.Separator);
        if (part > 0)
            batch.Limit(part);
    }

    /// <summary>Truncates the first record of the batch in flight to half its size and returns the batch to the queue.</summary>
    /// <returns>False if the record is too short already.</returns>
    public bool TryShorten(Batch batch)
    {
        var format = formats[batch.Entry.Tenant];
        var record = batch.Record(0);
        var target = record.Length / 2;
        if (target < format.RecordBytesMin)
            return false;

        var shorter = queue.Scratch;
        queue.Replace(shorter[..format.Shorten(record, shorter, target)]);
        return true;
    }

    /// <summary>Whether an endpoint that rejects a body has stored its valid records.</summary>
    public bool StoresValidRecords => _format.Traits.StoresValidRecords;

    static ReadOnlySpan<byte> Escape(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var escaped = new byte[JsonText.EscapedMax(plain)];
        return escaped.AsSpan(0, JsonText.Escape(plain, escaped));
    }

    int WriteSeparator(Batch batch, Span<byte> room)
    {
        if (batch.IsEmpty)
            return 0;

        room[0] = _format.Separator;
        return 1;
    }
}
