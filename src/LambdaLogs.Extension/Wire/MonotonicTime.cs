namespace LambdaLogs.Extension.Wire;

/// <summary>Times by the monotonic clock of a <see cref="TimeProvider"/>, in its own unit.</summary>
internal static class MonotonicTime
{
    /// <summary>A span in the clock's unit.</summary>
    public static long Ticks(this TimeProvider time, TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    /// <summary>The time after a span from now.</summary>
    public static long TimestampIn(this TimeProvider time, TimeSpan span) => time.GetTimestamp() + time.Ticks(span);
}
