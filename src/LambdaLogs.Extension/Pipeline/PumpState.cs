using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>The state that the sender keeps between two attempts. Guarded by the queue's lock.</summary>
internal sealed class PumpState
{
    // A destination may include a number or a name in every reason, so the set of reported reasons is bounded.
    const int ReportsMax = 20;

    readonly HashSet<string> _reported = [];

    /// <summary>Whether sending is allowed only in a flush.</summary>
    public bool Paused { get; set; }

    /// <summary>The flush in progress. Null: none.</summary>
    public Flush? Flush { get; set; }

    /// <summary>Whether an attempt is in progress.</summary>
    public bool IsAttempting { get; set; }

    /// <summary>When the current attempt began, by the monotonic clock.</summary>
    public long AttemptBegun { get; set; }

    /// <summary>Whether the shutdown has begun. Attempts use a new connection from then on.</summary>
    public bool IsShutdown { get; set; }

    /// <summary>Whether the current attempt began during the shutdown.</summary>
    public bool AttemptBeganInShutdown { get; set; }

    /// <summary>Duration of the last attempt that was delivered, by the monotonic clock.</summary>
    public long LastResponse { get; set; }

    /// <summary>Whether a freeze or the final flush ended the current attempt. That says nothing about the endpoint.</summary>
    public bool Interrupted { get; set; }

    /// <summary>Whether a body that is rejected with 400 is halved.</summary>
    public bool HalvesRejected { get; set; } = true;

    /// <summary>
    /// Whether to try another batch than the first one immediately, regardless of backoff and circuit, because the first one has just
    /// failed.
    /// </summary>
    public bool TriesOtherBatch { get; set; }

    /// <summary>Whether the endpoint accepted the last body.</summary>
    public bool AcceptsData { get; set; }

    /// <summary>Until when the current invocation may be held, by the monotonic clock.</summary>
    public long HoldDeadline { get; set; } = long.MaxValue;

    /// <summary>Number of consecutive failed attempts.</summary>
    public int Failures { get; set; }

    /// <summary>Earliest time of the next attempt, by the wall clock.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Whether the first delivery was logged.</summary>
    public bool DeliveryReported { get; set; }

    /// <summary>Whether a failure of the endpoint was logged. Its begin and its end are each logged once.</summary>
    public bool OutageReported { get; set; }

    /// <summary>Whether the endpoint numbers records from 0 or from 1, as far as known.</summary>
    public RecordNumbering Numbering { get; set; }

    /// <summary>Statuses whose rejection was logged.</summary>
    public HashSet<int> ReportedStatuses { get; } = [];

    /// <summary>Returns whether to log this reason: each one once, and none after too many.</summary>
    /// <param name="reason">The reason.</param>
    public bool ReportOnce(string reason) => _reported.Count < ReportsMax && _reported.Add(reason);

    /// <summary>Sets the earliest time of the next attempt after a failed one.</summary>
    public void DelayNextAttempt(DateTimeOffset now, SendResult result, RetryOptions retry, double unit)
    {
        Failures++;
        var backoff = Backoff.Delay(Failures, retry, unit);
        NotBefore = now + (result.RetryAfter is { } asked && asked > backoff ? asked : backoff);
    }

    /// <summary>Resets the backoff, because the endpoint responded.</summary>
    public void ResetBackoff()
    {
        Failures = 0;
        NotBefore = default;
    }
}
