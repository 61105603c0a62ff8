namespace LambdaLogs.Extension.Processing.Sampling;

/// <summary>What is known of an invocation that sampling looks at.</summary>
internal sealed class SampledInvocation
{
    /// <summary>By which it is known again; see <see cref="InvocationDraw.Hash"/>.</summary>
    public ulong Id { get; private set; }

    /// <summary>Its draw, in [0, 1).</summary>
    public double Draw { get; private set; }

    /// <summary>Whether all of it is forwarded: it logged an error, or ended badly.</summary>
    public bool IsWhole { get; set; }

    /// <summary>Whether it has ended well: what comes late is not held any more.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Its records that would be left out, until its end says whether they are.</summary>
    public RecordStore Held { get; } = new();

    /// <summary>Begins anew for another invocation.</summary>
    public void Begin(ulong id, double draw)
    {
        Id = id;
        Draw = draw;
        IsWhole = false;
        HasEnded = false;
    }
}
