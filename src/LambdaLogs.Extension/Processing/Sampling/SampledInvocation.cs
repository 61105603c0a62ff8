namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>The sampling state of an invocation.</summary>
internal sealed class SampledInvocation
{
    /// <summary>Identifies it; see <see cref="InvocationDraw.Hash"/>.</summary>
    public ulong Id { get; private set; }

    /// <summary>Its random number, in [0, 1).</summary>
    public double Draw { get; private set; }

    /// <summary>Whether all of it is forwarded, because it logged an error or failed.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether it ended successfully: late records are not held any more.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whether any end was told: what starts under its id now is another attempt.</summary>
    public bool IsOver { get; set; }

    /// <summary>Its records that would be left out, until its end says whether they are. Null: there are none.</summary>
    public RecordStore? Held { get; set; }

    /// <summary>Resets it for another invocation.</summary>
    public void Begin(ulong id, double draw)
    {
        Id = id;
        Draw = draw;
        BeginAttempt();
    }

    /// <summary>Begins anew for another attempt under the same id, which has the same draw.</summary>
    public void BeginAttempt()
    {
        IsWhole = false;
        HasEnded = false;
        IsOver = false;
    }
}
