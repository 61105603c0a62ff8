using System.Globalization;
using System.Text.RegularExpressions;

namespace LambdaLogs.EndToEnd;

/// <summary>The extension's line at SHUTDOWN, read.</summary>
sealed partial record Summary(long Received, long Delivered, long Retries, long Filtered, long Sampled, long Joined, long Dropped, long Waiting, long Spilled, double LongestHoldMs)
{
    /// <summary>Whether every record is accounted for.</summary>
    public bool Balances => Received == Delivered + Filtered + Sampled + Joined + Dropped + Waiting + Spilled;

    public static Summary Of(IEnumerable<string> lines)
    {
        var line = lines.Last(l => l.StartsWith("[EXTENSION] INFO received ", StringComparison.Ordinal));
        var match = Shape().Match(line);
        Assert.True(match.Success, $"the summary has another shape: {line}");
        long Number(string name) => match.Groups[name].Length == 0 ? 0 : long.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);
        return new Summary(
            Number("received"), Number("delivered"), Number("retries"), Number("filtered"), Number("sampled"), Number("joined"), Number("dropped"), Number("waiting"), Number("spilled"), Number("hold"));
    }

    [GeneratedRegex(@"received (?<received>\d+), delivered (?<delivered>\d+) in \d+ batches \(\d+ bytes, (?<retries>\d+) retries\), filtered (?<filtered>\d+)(?:, sampled (?<sampled>\d+))?(?:, joined (?<joined>\d+))?, dropped (?<dropped>\d+)[^,]*(?:, [a-z_]+ \d+\))?, waiting (?<waiting>\d+), spilled (?<spilled>\d+).*longest hold (?<hold>\d+) ms")]
    private static partial Regex Shape();
}
