using System.Diagnostics;

namespace LambdaLogs.Extension.Diagnostics;

/// <summary>
/// Counts where every record is: received = delivered + filtered + sampled + joined + dropped + waiting + spilled, at every moment. A
/// record enters as waiting and leaves by exactly one method. Not thread-safe: guarded by the pipeline's lock.
/// </summary>
internal sealed class Ledger
{
    /// <summary>The number of drop reasons.</summary>
    public const int Reasons = (int)DropReason.Fault + 1;

    readonly long[] _dropped = new long[Reasons];
    readonly long[] _reported = new long[Reasons];

    /// <summary>Records that came in: from Lambda, from the extension itself, and from the spill file of a previous process.</summary>
    public long Received { get; private set; }

    /// <summary>Records that the endpoint has accepted.</summary>
    public long Delivered { get; private set; }

    /// <summary>Records that the configuration excludes.</summary>
    public long Filtered { get; private set; }

    /// <summary>Records that were left out by sampling or a rate limit.</summary>
    public long Sampled { get; private set; }

    /// <summary>Lines that became part of another record.</summary>
    public long Joined { get; private set; }

    /// <summary>Records in the buffer, including those being sent.</summary>
    public long Waiting { get; private set; }

    /// <summary>Records that were kept for the next process of the environment.</summary>
    public long Spilled { get; private set; }

    /// <summary>Batches that the endpoint has accepted.</summary>
    public long Batches { get; private set; }

    /// <summary>Bytes of the bodies that the endpoint has accepted.</summary>
    public long BytesDelivered { get; private set; }

    /// <summary>Attempts after the first one of a batch.</summary>
    public long Retries { get; private set; }

    /// <summary>Records that the platform says it dropped before the extension received them. They are not part of the balance.</summary>
    public long PlatformDropped { get; private set; }

    /// <summary>Records that were dropped.</summary>
    public long Dropped
    {
        get
        {
            var sum = 0L;
            foreach (var count in _dropped)
                sum += count;
            return sum;
        }
    }

    /// <summary>Records that were dropped for one reason.</summary>
    public long DroppedFor(DropReason reason) => _dropped[(int)reason];

    /// <summary>Counts records that came in.</summary>
    public void CountReceived(long records)
    {
        Received += records;
        Waiting += records;
    }

    /// <summary>Counts waiting records that the configuration excludes.</summary>
    public void CountFiltered(long records)
    {
        RemoveWaiting(records);
        Filtered += records;
    }

    /// <summary>Counts waiting records that sampling or a rate limit leaves out.</summary>
    public void CountSampled(long records)
    {
        RemoveWaiting(records);
        Sampled += records;
    }

    /// <summary>Counts waiting records that became part of another record.</summary>
    public void CountJoined(long records)
    {
        RemoveWaiting(records);
        Joined += records;
    }

    /// <summary>Counts a batch that the endpoint has accepted.</summary>
    public void CountDelivered(long records, long bytes)
    {
        RemoveWaiting(records);
        Delivered += records;
        Batches++;
        BytesDelivered += bytes;
    }

    /// <summary>Counts waiting records that are dropped.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="records">How many.</param>
    /// <param name="reports">How many of them may be drop reports: a dropped report is not reported.</param>
    public void CountDropped(DropReason reason, long records, int reports = 0)
    {
        RemoveWaiting(records);
        _dropped[(int)reason] += records;
        _reported[(int)reason] += Math.Min(reports, records);
    }

    /// <summary>Counts waiting records that are kept for the next process.</summary>
    public void CountSpilled(long records)
    {
        RemoveWaiting(records);
        Spilled += records;
    }

    /// <summary>Counts a retry of a batch.</summary>
    public void CountRetry() => Retries++;

    /// <summary>Counts records that the platform says it dropped.</summary>
    public void CountPlatformDropped(long records) =>
        PlatformDropped = records > long.MaxValue - PlatformDropped ? long.MaxValue : PlatformDropped + records;

    /// <summary>Returns the drops that were not reported to the endpoint yet, by reason, and marks them as reported.</summary>
    /// <returns>False if there are none.</returns>
    public bool TryTakeUnreported(Span<long> byReason)
    {
        var any = false;
        for (var reason = 0; reason < Reasons; reason++)
        {
            byReason[reason] = _dropped[reason] - _reported[reason];
            _reported[reason] = _dropped[reason];
            any |= byReason[reason] > 0;
        }

        return any;
    }

    /// <summary>Verifies the balance against the content of the buffer. For debug builds.</summary>
    [Conditional("DEBUG")]
    public void Verify(long waiting)
    {
        Debug.Assert(waiting == Waiting, "the ledger and the buffer count the same records as waiting");
        Debug.Assert(Received == Delivered + Filtered + Sampled + Joined + Dropped + Waiting + Spilled, "every record is accounted for");
    }

    /// <summary>The summary that is logged at the end.</summary>
    public string Summary() =>
        $"received {Received}, delivered {Delivered} in {Batches} batches ({BytesDelivered} bytes, {Retries} retries), "
        + $"filtered {Filtered}{Some("sampled", Sampled)}{Some("joined", Joined)}, "
        + $"dropped {Dropped}{Reason()}, waiting {Waiting}, spilled {Spilled}"
        + (PlatformDropped > 0 ? $"; dropped by Lambda before the extension received them: {PlatformDropped}" : "");

    static string Some(string what, long records) => records > 0 ? $", {what} {records}" : "";

    string Reason()
    {
        var text = "";
        for (var reason = DropReason.BufferFull; reason <= DropReason.Fault; reason++)
        {
            if (DroppedFor(reason) > 0)
                text += $"{(text.Length == 0 ? " (" : ", ")}{DropReasonNames.Of(reason)} {DroppedFor(reason)}";
        }

        return text.Length == 0 ? "" : text + ")";
    }

    void RemoveWaiting(long records)
    {
        Debug.Assert(records <= Waiting, "only a waiting record can leave");
        Waiting -= records;
    }
}
