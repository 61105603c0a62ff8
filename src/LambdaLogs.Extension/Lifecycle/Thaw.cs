namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Whether there was a freeze.</summary>
internal enum ThawKind
{
    /// <summary>There was no freeze.</summary>
    None,

    /// <summary>
    /// There was a long gap: a freeze, or a long handler in a mode that does not wait for it. A request as old as the gap has hung too
    /// long in any case.
    /// </summary>
    Likely,

    /// <summary>The machine stood still: whatever is under way was interrupted.</summary>
    Certain,
}

/// <summary>
/// Notices that the sandbox was frozen, or idle so long that it makes no difference: connections from before are most likely dead, and a
/// request on one could hang for its whole time limit. The loop's thread only.
/// </summary>
/// <param name="time">Both clocks.</param>
internal sealed class Thaw(TimeProvider time)
{
    /// <summary>A gap this long is taken for a freeze: common servers close an idle connection after 5 s or more.</summary>
    public static readonly TimeSpan LongGap = TimeSpan.FromSeconds(5);

    /// <summary>The wall clock ahead of the monotonic one by this much: the machine stood still.</summary>
    public static readonly TimeSpan Drift = TimeSpan.FromSeconds(1);

    DateTimeOffset _wall = time.GetUtcNow();
    long _monotonic = time.GetTimestamp();

    /// <summary>Remembers both clocks, right before <c>/next</c>.</summary>
    public void Mark()
    {
        _wall = time.GetUtcNow();
        _monotonic = time.GetTimestamp();
    }

    /// <summary>Whether there was a freeze, or a long gap, since <see cref="Mark"/>.</summary>
    /// <param name="begunBefore">Requests that began before this time, by the monotonic clock, are to be sent again.</param>
    public ThawKind Look(out long begunBefore)
    {
        var kind = Kind(time.GetUtcNow() - _wall, time.GetElapsedTime(_monotonic));
        var longGap = (long)(LongGap.TotalSeconds * time.TimestampFrequency);
        begunBefore = kind == ThawKind.Certain ? long.MaxValue : time.GetTimestamp() - longGap;
        return kind;
    }

    /// <summary>The decision over plain values.</summary>
    /// <param name="wall">What passed by the wall clock.</param>
    /// <param name="monotonic">What passed by the monotonic clock.</param>
    public static ThawKind Kind(TimeSpan wall, TimeSpan monotonic) =>
        wall - monotonic >= Drift ? ThawKind.Certain : wall >= LongGap ? ThawKind.Likely : ThawKind.None;
}
