using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>
/// When the endpoint is told what it did not get: with lines that are sent anyway, once something has arrived since the last report, and
/// once in a period. So an endpoint that rejects everything, reports included, gets none. Call with the queue's gate held.
/// </summary>
/// <param name="ledger">Counts what was dropped; a report that is dropped itself does not count there.</param>
/// <param name="time">The wall clock: a sandbox that was frozen has waited.</param>
internal sealed class DropReporter(Ledger ledger, TimeProvider time)
{
    /// <summary>From one report to the next, at least.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(60);

    DateTimeOffset? _reported;
    bool _hasArrived;

    /// <summary>The endpoint has taken records.</summary>
    public void Arrived() => _hasArrived = true;

    /// <summary>The report that is due. Ask for it where lines are about to be sent.</summary>
    /// <returns>Null: none is.</returns>
    public OwnRecord? Due()
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
