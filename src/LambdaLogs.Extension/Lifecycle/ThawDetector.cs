namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Whether the environment was frozen.</summary>
internal enum ThawKind
{
    /// <summary>There was no freeze.</summary>
    None,

    /// <summary>
    /// There was a long gap: a freeze, or a long handler in a mode that does not wait for it. A request that has taken as long as the gap
    /// is too old in either case.
    /// </summary>
    Likely,

    /// <summary>The machine was stopped: every request in progress was interrupted.</summary>
    Certain,
}

/// <summary>
/// Detects that the environment was frozen, or idle for so long that connections are probably dead: a request on such a connection could
/// hang for its whole timeout. Used by the loop's thread only.
/// </summary>
/// <param name="time">The wall clock and the monotonic clock.</param>
internal sealed class ThawDetector(TimeProvider time)
{
    /// <summary>A gap this long counts as a freeze: common servers close an idle connection after 5 s or more.</summary>
    public static readonly TimeSpan LongGap = TimeSpan.FromSeconds(5);

    /// <summary>If the wall clock is ahead of the monotonic clock by this much, the machine was stopped.</summary>
    public static readonly TimeSpan Drift = TimeSpan.FromSeconds(1);

    DateTimeOffset _wall = time.GetUtcNow();
    long _monotonic = time.GetTimestamp();

    /// <summary>Reads both clocks. Call immediately before <c>/next</c>.</summary>
    public void Mark()
    {
        _wall = time.GetUtcNow();
        _monotonic = time.GetTimestamp();
    }

    /// <summary>Returns whether there was a freeze or a long gap since <see cref="Mark"/>.</summary>
    /// <param name="begunBefore">Requests that began before this timestamp of the monotonic clock have to be sent again.</param>
    public ThawKind Detect(out long begunBefore)
    {
        var kind = Classify(time.GetUtcNow() - _wall, time.GetElapsedTime(_monotonic));
        var longGap = (long)(LongGap.TotalSeconds * time.TimestampFrequency);
        begunBefore = kind == ThawKind.Certain ? long.MaxValue : time.GetTimestamp() - longGap;
        return kind;
    }

    /// <summary>Classifies the elapsed times. Pure.</summary>
    /// <param name="wall">Elapsed time by the wall clock.</param>
    /// <param name="monotonic">Elapsed time by the monotonic clock.</param>
    public static ThawKind Classify(TimeSpan wall, TimeSpan monotonic) =>
        wall - monotonic >= Drift ? ThawKind.Certain : wall >= LongGap ? ThawKind.Likely : ThawKind.None;
}
