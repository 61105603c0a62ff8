namespace LambdaLogs.Extension.Lifecycle;

/// <summary>How long the function may be held, as plain arithmetic over the wall clock.</summary>
internal static class Budget
{
    /// <summary>Nothing of ours is under way this long before an invocation's deadline.</summary>
    public static readonly TimeSpan InvocationMargin = TimeSpan.FromMilliseconds(100);

    /// <summary>The process has ended this long before a shutdown's deadline.</summary>
    public static readonly TimeSpan ShutdownMargin = TimeSpan.FromMilliseconds(150);

    /// <summary>Longest wait for telemetry that comes late at a shutdown.</summary>
    public static readonly TimeSpan LateTelemetry = TimeSpan.FromMilliseconds(300);

    /// <summary>A deadline further away than this is none: a function runs 15 minutes at most.</summary>
    static readonly TimeSpan LongestInvocation = TimeSpan.FromDays(1);

    /// <summary>What Lambda gives external extensions for a shutdown, for an event that does not say.</summary>
    static readonly TimeSpan ShutdownDefault = TimeSpan.FromSeconds(2);

    /// <summary>How long <c>platform.runtimeDone</c> is waited for.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="deadline">When the invocation times out.</param>
    /// <returns>
    /// Zero where there is no time left, or where the event named no deadline: an unbounded wait could hold the function for ever.
    /// </returns>
    public static TimeSpan ForRuntimeDone(DateTimeOffset now, DateTimeOffset deadline) =>
        deadline - now > LongestInvocation ? TimeSpan.Zero : Left(now, deadline - InvocationMargin);

    /// <summary>Until when a flush at the end of an invocation has to be over.</summary>
    /// <param name="now">When the handler's end was seen, by the wall clock.</param>
    /// <param name="deadline">When the invocation times out.</param>
    /// <param name="timeout">Longest flush.</param>
    public static DateTimeOffset ForFlush(DateTimeOffset now, DateTimeOffset deadline, TimeSpan timeout) =>
        now + Shorter(timeout, Left(now, deadline - InvocationMargin));

    /// <summary>When a shutdown's last work has to be over.</summary>
    /// <param name="now">When the event came, by the wall clock.</param>
    /// <param name="deadline">When the process is killed; far away where the event does not say.</param>
    public static DateTimeOffset ForShutdown(DateTimeOffset now, DateTimeOffset deadline) =>
        now + Left(now, (deadline - now > ShutdownDefault ? now + ShutdownDefault : deadline) - ShutdownMargin);

    /// <summary>When the last flush has to be over, so that what it leaves can be kept.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="deadline">When all has to be over.</param>
    /// <param name="spill">How long keeping takes; at most half of the time is left for it.</param>
    public static DateTimeOffset BeforeSpill(DateTimeOffset now, DateTimeOffset deadline, TimeSpan spill) =>
        deadline - Shorter(spill, Left(now, deadline) / 2);

    /// <summary>The shorter one.</summary>
    public static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    static TimeSpan Left(DateTimeOffset now, DateTimeOffset end) => end > now ? end - now : TimeSpan.Zero;
}
