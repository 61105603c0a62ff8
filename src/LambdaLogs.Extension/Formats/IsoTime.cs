using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Formats a record's time for readers that accept less than RFC 3339: capital letters, at most nine fraction digits. Pure.
/// </summary>
internal static class IsoTime
{
    /// <summary>Longest output.</summary>
    public const int SizeMax = 35;

    /// <summary>Writes the time unchanged, or converts an unusual one to UTC with milliseconds.</summary>
    /// <param name="time">A valid RFC 3339 time.</param>
    /// <param name="writer">Receives the output.</param>
    public static void Write(ReadOnlySpan<byte> time, ref SpanWriter writer)
    {
        if (Rfc3339.IsCommon(time) || IsUsual(time) || !Rfc3339.TryParse(time, out var ticks))
        {
            writer.Add(time);
            return;
        }

        var inRange = Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        writer.Advance(Rfc3339.Write(new DateTimeOffset(inRange, TimeSpan.Zero), writer.Remaining));
    }

    static bool IsUsual(ReadOnlySpan<byte> time) =>
        time.Length <= SizeMax && !time.ContainsAny((byte)'t', (byte)'z') && FractionDigits(time) <= 9;

    static int FractionDigits(ReadOnlySpan<byte> time)
    {
        var point = time.IndexOf((byte)'.');
        return point < 0 ? 0 : time[(point + 1)..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
    }
}
