namespace LambdaLogs.Extension.Diagnostics;

/// <summary>Counts at one moment, from which metrics come.</summary>
internal sealed record MetricCounts
{
    /// <summary>Records that the endpoint has taken.</summary>
    public long Delivered { get; init; }

    /// <summary>Records that were given up, by <see cref="DropReason"/>.</summary>
    public long[] Dropped { get; init; } = new long[Ledger.Reasons];

    /// <summary>Attempts after the first one of a batch.</summary>
    public long Retries { get; init; }

    /// <summary>Whether nothing is sent for the time being, after failures.</summary>
    public bool IsCircuitOpen { get; init; }

    /// <summary>Bytes of records that wait for delivery.</summary>
    public long BufferedBytes { get; init; }

    /// <summary>Time that was added to invocations.</summary>
    public TimeSpan Added { get; init; }

    /// <summary>Takes the counts of a ledger.</summary>
    public static MetricCounts Of(Ledger ledger)
    {
        var dropped = new long[Ledger.Reasons];
        for (var reason = 0; reason < dropped.Length; reason++)
            dropped[reason] = ledger.DroppedFor((DropReason)reason);
        return new MetricCounts { Delivered = ledger.Delivered, Dropped = dropped, Retries = ledger.Retries };
    }
}
