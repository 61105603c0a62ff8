namespace LambdaLogs.Extension.Delivery;

/// <summary>The circuit breaker's state as a value; each transition gives a new one. Pure.</summary>
/// <param name="Failures">Failed attempts in a row.</param>
/// <param name="NextProbe">When the next attempt is due, by the wall clock. Null: closed, every attempt may go.</param>
internal readonly record struct BreakerState(int Failures, DateTimeOffset? NextProbe)
{
    /// <summary>Failed attempts in a row that open it.</summary>
    public const int FailuresToOpen = 3;

    /// <summary>Upper bound of the first wait of an open circuit; doubles with each failed probe.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Upper bound of any wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Closed, as at the start and after each success.</summary>
    public static BreakerState Closed => default;

    /// <summary>Whether attempts are held back.</summary>
    public bool IsOpen => NextProbe is not null;

    /// <summary>
    /// Whether an attempt may go now. A probe further away than the longest wait is due as well: then the clock was set back, and waiting
    /// for the old time could take for ever.
    /// </summary>
    /// <param name="now">The wall clock.</param>
    public bool MayTry(DateTimeOffset now) => NextProbe is not { } probe || now >= probe || probe - now > LongestWait;

    /// <summary>One more failed attempt: opens the circuit at the third, and puts the next probe off each time from then on.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="unit">A random number in [0, 1).</param>
    public BreakerState AfterFailure(DateTimeOffset now, double unit)
    {
        var failures = Failures == int.MaxValue ? Failures : Failures + 1;
        return new BreakerState(failures, failures < FailuresToOpen ? null : now + Wait(failures, unit));
    }

    /// <summary>
    /// A probe sets out. Until it comes back, or should it never report, nothing else is tried for one wait: the state is half open and
    /// needs no name of its own.
    /// </summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="unit">A random number in [0, 1).</param>
    public BreakerState Probing(DateTimeOffset now, double unit) => this with { NextProbe = now + Wait(Failures, unit) };

    // Half of the wait is fixed, half is jitter: full jitter could probe a dead endpoint again at once.
    static TimeSpan Wait(int failures, double unit)
    {
        var doublings = Math.Clamp(failures - FailuresToOpen, 0, 6);
        var ceiling = Math.Min(FirstWait.Ticks << doublings, LongestWait.Ticks);
        return TimeSpan.FromTicks((long)(ceiling * (0.5 + (unit / 2))));
    }
}
