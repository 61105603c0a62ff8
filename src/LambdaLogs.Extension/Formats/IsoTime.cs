using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A record's time for readers that take less than RFC 3339 allows: capital letters, at most nine digits behind the point. Pure.
/// </summary>
internal static class IsoTime
{
    /// <summary>Longest text that is written.</summary>
    public const int SizeMax = 35;

    /// <summary>Writes the time as it is, or where it is unusual in UTC and milliseconds.</summary>
    /// <param name="time">A valid RFC 3339 time.</param>
    /// <param name="writer">Where to write.</param>
    public static void Write(ReadOnlySpan<byte> time, ref SpanWriter writer)
    {
        if (Rfc3339.IsCommon(time) || IsUsual(time) || !Rfc3339.TryParse(time, out var ticks))
        {
            writer.Add(time);
            return;
        }

        var inRange = Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        writer.Skip(Rfc3339.Write(new DateTimeOffset(inRange, TimeSpan.Zero), writer.Rest));
    }

    static bool IsUsual(ReadOnlySpan<byte> time) =>
        time.Length <= SizeMax && !time.ContainsAny((byte)'t', (byte)'z') && FractionDigits(time) <= 9;

    static int FractionDigits(ReadOnlySpan<byte> time)
    {
        var point = time.IndexOf((byte)'.');
        return point < 0 ? 0 : time[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
    }
}
