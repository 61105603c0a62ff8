using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Waits until no more telemetry arrives.</summary>
internal static class SettleTime
{
    /// <summary>
    /// Three times Lambda's shortest buffering time (25 ms). A POST after a longer gap does not belong to the ones before it.
    /// </summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(75);

    /// <summary>Waits until no POST came for <see cref="Gap"/>.</summary>
    /// <param name="signals">Counts the POSTs.</param>
    /// <param name="time">Measures the limit (monotonic).</param>
    /// <param name="limit">The longest wait.</param>
    public static void Wait(PlatformSignals signals, TimeProvider time, TimeSpan limit)
    {
        var left = limit;
        while (left > TimeSpan.Zero)
        {
            var before = signals.PostsHandled;
            var start = time.GetTimestamp();
            if (!signals.WaitFor(seen => seen.PostsHandled > before, Budget.Shorter(Gap, left)))
                return;

            left -= time.GetElapsedTime(start);
        }
    }
}
