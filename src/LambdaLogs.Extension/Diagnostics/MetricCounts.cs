namespace LambdaLogs.Extension.Diagnostics;

/// <summary>A snapshot of the counters from which metrics are computed.</summary>
internal sealed record MetricCounts
{
    /// <summary>Records that the endpoint has accepted.</summary>
    public long Delivered { get; init; }

    /// <summary>Records that were dropped, indexed by <see cref="DropReason"/>.</summary>
    public long[] Dropped { get; init; } = new long[Ledger.Reasons];

    /// <summary>Attempts after the first one of a batch.</summary>
    public long Retries { get; init; }

    /// <summary>Whether the circuit is open: after failures nothing is sent for a while.</summary>
    public bool IsCircuitOpen { get; init; }

    /// <summary>Bytes of records that wait for delivery.</summary>
    public long BufferedBytes { get; init; }

    /// <summary>Total time that was added to invocations.</summary>
    public TimeSpan HeldTime { get; init; }

    /// <summary>Copies the counters of a ledger.</summary>
    public static MetricCounts Of(Ledger ledger)
    {
        var dropped = new long[Ledger.Reasons];
        for (var reason = 0; reason < dropped.Length; reason++)
            dropped[reason] = ledger.DroppedFor((DropReason)reason);
        return new MetricCounts { Delivered = ledger.Delivered, Dropped = dropped, Retries = ledger.Retries };
    }
}
