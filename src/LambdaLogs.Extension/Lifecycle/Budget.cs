namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Computes how long the function may be held. Pure arithmetic over the wall clock.</summary>
internal static class Budget
{
    /// <summary>The extension finishes its work this long before the invocation's deadline.</summary>
    public static readonly TimeSpan InvocationMargin = TimeSpan.FromMilliseconds(100);

    /// <summary>The process ends this long before the shutdown deadline.</summary>
    public static readonly TimeSpan ShutdownMargin = TimeSpan.FromMilliseconds(150);

    /// <summary>The longest wait for late telemetry at a shutdown.</summary>
    public static readonly TimeSpan LateTelemetry = TimeSpan.FromMilliseconds(300);

    /// <summary>A deadline further away than this is treated as missing: a function runs for 15 minutes at most.</summary>
    static readonly TimeSpan LongestInvocation = TimeSpan.FromDays(1);

    /// <summary>The time Lambda gives external extensions to shut down, used if the event has no deadline.</summary>
    static readonly TimeSpan ShutdownDefault = TimeSpan.FromSeconds(2);

    /// <summary>Returns how long to wait for <c>platform.runtimeDone</c>.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="deadline">When the invocation times out.</param>
    /// <returns>Zero if no time is left, or if the event had no deadline: an unbounded wait could hold the function forever.</returns>
    public static TimeSpan ForRuntimeDone(DateTimeOffset now, DateTimeOffset deadline) =>
        deadline - now > LongestInvocation ? TimeSpan.Zero : Remaining(now, deadline - InvocationMargin);

    /// <summary>Returns the deadline of a flush at the end of an invocation.</summary>
    /// <param name="now">When the end of the handler was seen, by the wall clock.</param>
    /// <param name="deadline">When the invocation times out.</param>
    /// <param name="timeout">The longest flush.</param>
    public static DateTimeOffset ForFlush(DateTimeOffset now, DateTimeOffset deadline, TimeSpan timeout) =>
        now + Shorter(timeout, Remaining(now, deadline - InvocationMargin));

    /// <summary>Returns the deadline for all work at a shutdown.</summary>
    /// <param name="now">When the event arrived, by the wall clock.</param>
    /// <param name="deadline">When the process is killed; far in the future if the event does not say.</param>
    public static DateTimeOffset ForShutdown(DateTimeOffset now, DateTimeOffset deadline) =>
        now + Remaining(now, (deadline - now > ShutdownDefault ? now + ShutdownDefault : deadline) - ShutdownMargin);

    /// <summary>Returns the deadline of the last flush, so that time remains to spill what it did not deliver.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="deadline">The deadline for all work.</param>
    /// <param name="spill">How long spilling takes. At most half of the remaining time is reserved for it.</param>
    public static DateTimeOffset BeforeSpill(DateTimeOffset now, DateTimeOffset deadline, TimeSpan spill) =>
        deadline - Shorter(spill, Remaining(now, deadline) / 2);

    /// <summary>Returns the shorter of the two.</summary>
    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    static TimeSpan Remaining(DateTimeOffset now, DateTimeOffset end) => end > now ? end - now : TimeSpan.Zero;
}
