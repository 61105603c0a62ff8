using System.Globalization;

namespace LambdaLogs.Emulator.Wire;

/// <summary>Lambda's formats for times and durations.</summary>
internal static class ContractTime
{
    /// <summary>ISO 8601 in UTC with three fraction digits: <c>2022-10-12T00:03:50.123Z</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Milliseconds with at most three decimals, as in metrics.</summary>
    public static double Milliseconds(TimeSpan duration) => Math.Round(duration.TotalMilliseconds, 3);
}
