namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>The sampling state of an invocation.</summary>
internal sealed class SampledInvocation
{
    /// <summary>Identifies it; see <see cref="InvocationHash.Hash"/>.</summary>
    public ulong Id { get; private set; }

    /// <summary>Its random number, in [0, 1).</summary>
    public double Unit { get; private set; }

    /// <summary>Whether all of it is forwarded, because it logged an error or failed.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether it ended successfully: late records are not held any more.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether an end was seen. A start with the same id then begins another attempt.</summary>
    public bool IsOver { get; set; }

    /// <summary>Its records that would be removed, until its end decides. Null: there are none.</summary>
    public RecordStore? Pending { get; set; }

    /// <summary>Resets it for another invocation.</summary>
    public void Begin(ulong id, double draw)
    {
        Id = id;
        Unit = draw;
        BeginAttempt();
    }

    /// <summary>Clears the state for another attempt with the same id, which has the same draw.</summary>
    public void BeginAttempt()
    {
        IsWhole = false;
        HasEnded = false;
        IsOver = false;
    }
}
