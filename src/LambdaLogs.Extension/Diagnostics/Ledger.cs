using System.Diagnostics;

namespace LambdaLogs.Extension.Diagnostics;

/// <summary>
/// Where every record is: received = delivered + filtered + sampled + joined + dropped + waiting + spilled, at every moment. A record
/// enters as waiting and leaves by exactly one transfer. Not thread-safe: guarded by the pipeline's gate.
/// </summary>
internal sealed class Ledger
{
    /// <summary>How many reasons there are.</summary>
    public const int Reasons = (int)DropReason.Fault + 1;

    readonly long[] _dropped = new long[Reasons];
    readonly long[] _reported = new long[Reasons];

    /// <summary>Records that came in: from Lambda, of our own making, and out of a former process's spill.</summary>
    public long Received { get; private set; }

    /// <summary>Records that the endpoint has taken.</summary>
    public long Delivered { get; private set; }

    /// <summary>Records that are not forwarded by configuration.</summary>
    public long Filtered { get; private set; }

    /// <summary>Records that sampling or a limit of their rate left out.</summary>
    public long Sampled { get; private set; }

    /// <summary>Lines that became part of another record.</summary>
    public long Joined { get; private set; }

    /// <summary>Records in the buffer, those being sent included.</summary>
    public long Waiting { get; private set; }

    /// <summary>Records that were left for the next process of the sandbox.</summary>
    public long Spilled { get; private set; }

    /// <summary>Batches that the endpoint has taken.</summary>
    public long Batches { get; private set; }

    /// <summary>Bytes of the bodies that the endpoint has taken.</summary>
    public long BytesDelivered { get; private set; }

    /// <summary>Attempts after the first one of a batch.</summary>
    public long Retries { get; private set; }

    /// <summary>Records the platform says it dropped before we saw them. They are not part of the balance.</summary>
    public long PlatformDropped { get; private set; }

    /// <summary>Records that were given up.</summary>
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

    /// <summary>Records given up for one reason.</summary>
    public long DroppedFor(DropReason reason) => _dropped[(int)reason];

    /// <summary>Records have come in.</summary>
    public void Receive(long records)
    {
        Received += records;
        Waiting += records;
    }

    /// <summary>Waiting records are left out by configuration.</summary>
    public void Filter(long records)
    {
        Take(records);
        Filtered += records;
    }

    /// <summary>Waiting records are left out by chance or because they are too many.</summary>
    public void Sample(long records)
    {
        Take(records);
        Sampled += records;
    }

    /// <summary>Waiting records have become part of another one.</summary>
    public void Join(long records)
    {
        Take(records);
        Joined += records;
    }

    /// <summary>The endpoint has taken a batch.</summary>
    public void Deliver(long records, long bytes)
    {
        Take(records);
        Delivered += records;
        Batches++;
        BytesDelivered += bytes;
    }

    /// <summary>Waiting records are given up.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="records">How many.</param>
    /// <param name="reports">How many of them may be reports of drops: a report is never reported on.</param>
    public void Drop(DropReason reason, long records, int reports = 0)
    {
        Take(records);
        _dropped[(int)reason] += records;
        _reported[(int)reason] += Math.Min(reports, records);
    }

    /// <summary>Waiting records are left to the next process.</summary>
    public void Spill(long records)
    {
        Take(records);
        Spilled += records;
    }

    /// <summary>A batch is tried once more.</summary>
    public void Retry() => Retries++;

    /// <summary>The platform says that it dropped records.</summary>
    public void PlatformDrop(long records) =>
        PlatformDropped = records > long.MaxValue - PlatformDropped ? long.MaxValue : PlatformDropped + records;

    /// <summary>Drops that have not been reported to the endpoint yet, by reason; they count as reported from now on.</summary>
    /// <returns>False where there are none.</returns>
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

    /// <summary>The balance, held against what the buffer really has. For debug builds.</summary>
    [Conditional("DEBUG")]
    public void Check(long waiting)
    {
        Debug.Assert(waiting == Waiting, "the ledger and the buffer count the same records as waiting");
        Debug.Assert(Received == Delivered + Filtered + Sampled + Joined + Dropped + Waiting + Spilled, "every record is accounted for");
    }

    /// <summary>The line at the end.</summary>
    public string Summary() =>
        $"received {Received}, delivered {Delivered} in {Batches} batches ({BytesDelivered} bytes, {Retries} retries), "
        + $"filtered {Filtered}{Some("sampled", Sampled)}{Some("joined", Joined)}, "
        + $"dropped {Dropped}{Reason()}, waiting {Waiting}, spilled {Spilled}"
        + (PlatformDropped > 0 ? $"; dropped by Lambda before they came: {PlatformDropped}" : "");

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

    void Take(long records)
    {
        Debug.Assert(records <= Waiting, "only a waiting record can leave");
        Waiting -= records;
    }
}
