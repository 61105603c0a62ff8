using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Pipeline;

/// <summary>What the pump remembers between two attempts. Guarded by the queue's gate.</summary>
internal sealed class PumpState
{
    // A destination may put a number or a name into every reason.
    const int ReportsMax = 20;

    readonly HashSet<string> _reported = [];

    /// <summary>Whether nothing may be sent outside of a flush.</summary>
    public bool Paused { get; set; }

    /// <summary>The flush under way. Null: none.</summary>
    public Flush? Flush { get; set; }

    /// <summary>Whether an attempt is under way.</summary>
    public bool IsAttempting { get; set; }

    /// <summary>When the attempt under way began, by the monotonic clock.</summary>
    public long AttemptBegun { get; set; }

    /// <summary>Whether the attempt under way was ended by a freeze: that says nothing of the endpoint.</summary>
    public bool Interrupted { get; set; }

    /// <summary>Whether a body that is refused with 400 is halved.</summary>
    public bool HalvesRejected { get; set; } = true;

    /// <summary>
    /// Whether another batch than the first is tried at once, whatever backoff and circuit say: the first has just failed.
    /// </summary>
    public bool TriesOther { get; set; }

    /// <summary>Whether the endpoint took the last body.</summary>
    public bool TakesData { get; set; }

    /// <summary>Until when the invocation under way may be held, by the monotonic clock.</summary>
    public long HoldsUntil { get; set; } = long.MaxValue;

    /// <summary>Failed attempts in a row.</summary>
    public int Failures { get; set; }

    /// <summary>No attempt before this time, by the wall clock.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Whether anything has been delivered: said once.</summary>
    public bool DeliveryReported { get; set; }

    /// <summary>Whether the endpoint is known to fail at the moment: said once when it begins and once when it ends.</summary>
    public bool OutageReported { get; set; }

    /// <summary>From where the endpoint counts records, as far as it has shown.</summary>
    public EventNumbering Numbering { get; set; }

    /// <summary>Statuses whose rejection has been reported.</summary>
    public HashSet<int> ReportedStatuses { get; } = [];

    /// <summary>Whether something is to be said, which it is once, and not at all where too much was said already.</summary>
    /// <param name="reason">What it is about.</param>
    public bool ReportOnce(string reason) => _reported.Count < ReportsMax && _reported.Add(reason);

    /// <summary>Puts the next attempt off after a failed one.</summary>
    public void PutOff(DateTimeOffset now, SendResult result, RetryOptions retry, double unit)
    {
        Failures++;
        var backoff = Backoff.Delay(Failures, retry, unit);
        NotBefore = now + (result.RetryAfter is { } asked && asked > backoff ? asked : backoff);
    }

    /// <summary>The endpoint responded.</summary>
    public void Recovered()
    {
        Failures = 0;
        NotBefore = default;
    }
}
