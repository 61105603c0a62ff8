namespace LambdaLogs.Extension.Records;

/// <summary>Converts a record's time to a number since 1970. Pure.</summary>
internal static class UnixTime
{
    const int NanosecondsPerTick = 100;

    /// <summary>Length of <c>2026-03-14T09:26:53.</c></summary>
    const int FractionStart = 20;

    /// <summary>Nanoseconds since 1970.</summary>
    /// <param name="time">A valid RFC 3339 time. Fraction digits after the ninth are cut off.</param>
    /// <returns>Zero for times before 1970 or after 2262, which come from wrong clocks, and for invalid text.</returns>
    public static long Nanoseconds(ReadOnlySpan<byte> time)
    {
        if (!Rfc3339.TryParse(time, out var ticks) || ticks < DateTime.UnixEpoch.Ticks)
            return 0;

        ticks -= DateTime.UnixEpoch.Ticks;
        return ticks > long.MaxValue / NanosecondsPerTick - 1 ? 0 : ticks * NanosecondsPerTick + SubTickNanoseconds(time);
    }

    /// <summary>Milliseconds since 1970; zero as for <see cref="Nanoseconds"/>.</summary>
    public static long Milliseconds(ReadOnlySpan<byte> time) => Nanoseconds(time) / 1_000_000;

    /// <summary>The eighth and ninth fraction digits, which ticks cannot represent.</summary>
    static int SubTickNanoseconds(ReadOnlySpan<byte> time)
    {
        var fraction = time.Length > FractionStart && time[FractionStart - 1] == '.' ? time[FractionStart..] : default;
        var end = fraction.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end <= 7)
            return 0;

        return (fraction[7] - '0') * 10 + (end > 8 ? fraction[8] - '0' : 0);
    }
}
