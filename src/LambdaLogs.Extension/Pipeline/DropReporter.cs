using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// Decides when drops are reported to the endpoint: together with lines that are sent anyway, at most once in a period, and only if
/// something was delivered since the last report. An endpoint that rejects everything therefore gets no reports. Requires the queue's lock
/// to be held.
/// </summary>
/// <param name="ledger">Counts the drops. Dropped reports are not counted there.</param>
/// <param name="time">The wall clock, because time in a freeze counts.</param>
internal sealed class DropReporter(Ledger ledger, TimeProvider time)
{
    /// <summary>The shortest interval between two reports.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(60);

    DateTimeOffset? _reported;
    bool _hasArrived;

    /// <summary>Call when the endpoint has accepted records.</summary>
    public void OnDelivered() => _hasArrived = true;

    /// <summary>Returns the report that is due. Call before lines are sent.</summary>
    /// <returns>Null: none is due.</returns>
    public OwnRecord? TakeDue()
    {
        if (!_hasArrived)
            return null;

        Span<long> byReason = stackalloc long[Ledger.Reasons];
        var now = time.GetUtcNow();
        if ((_reported is { } last && now >= last && now - last < Period) || !ledger.TryTakeUnreported(byReason))
            return null;

        _hasArrived = false;
        _reported = now;
        return DropReport.Of(byReason);
    }
}
