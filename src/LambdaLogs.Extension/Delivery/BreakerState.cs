namespace LambdaLogs.Extension.Delivery;

/// <summary>The state of the circuit breaker as a value; each transition returns a new one. Pure.</summary>
/// <param name="Failures">Consecutive failed attempts.</param>
/// <param name="NextProbe">When the next attempt is allowed, by the wall clock. Null: the circuit is closed.</param>
internal readonly record struct BreakerState(int Failures, DateTimeOffset? NextProbe)
{
    /// <summary>Consecutive failed attempts that open the circuit.</summary>
    public const int FailuresToOpen = 3;

    /// <summary>Upper bound of the first wait of an open circuit. It doubles with each failed probe.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Upper bound of every wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>The closed state, at the start and after each success.</summary>
    public static BreakerState Closed => default;

    /// <summary>Whether the circuit is open.</summary>
    public bool IsOpen => NextProbe is not null;

    /// <summary>
    /// Whether an attempt is allowed now. It is also allowed if the next probe is further away than the longest wait: the clock was then
    /// set back, and waiting for the old time could take forever.
    /// </summary>
    /// <param name="now">The wall clock.</param>
    public bool AllowsAttempt(DateTimeOffset now) => NextProbe is not { } probe || now >= probe || probe - now > LongestWait;

    /// <summary>
    /// Returns the state after a failed attempt. The third failure opens the circuit, and each further one delays the next probe.
    /// </summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="unit">A random number in [0, 1).</param>
    public BreakerState AfterFailure(DateTimeOffset now, double unit)
    {
        var failures = Failures == int.MaxValue ? Failures : Failures + 1;
        return new BreakerState(failures, failures < FailuresToOpen ? null : now + Wait(failures, unit));
    }

    /// <summary>
    /// Returns the state after a probe was allowed. No other attempt is allowed for one wait, even if the probe is never reported (half
    /// open).
    /// </summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="unit">A random number in [0, 1).</param>
    public BreakerState AfterProbe(DateTimeOffset now, double unit) => this with { NextProbe = now + Wait(Failures, unit) };

    // Half of the wait is fixed and half is jitter: with full jitter a dead endpoint could be probed again immediately.
    static TimeSpan Wait(int failures, double unit)
    {
        var doublings = Math.Clamp(failures - FailuresToOpen, 0, 6);
        var ceiling = Math.Min(FirstWait.Ticks << doublings, LongestWait.Ticks);
        return TimeSpan.FromTicks((long)(ceiling * (0.5 + (unit / 2))));
    }
}
