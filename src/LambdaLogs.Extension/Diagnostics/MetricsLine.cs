using System.Globalization;
using System.Text;

namespace LambdaLogs.Extension.Diagnostics;

/// <summary>
/// Metrics in CloudWatch's embedded metric format: a line of JSON that CloudWatch reads off the function's log group. Pure.
/// Source: the CloudWatch user guide, "Specification: Embedded metric format".
/// </summary>
internal static class MetricsLine
{
    /// <summary>The start of every such line. It identifies the line if the extension stream is subscribed.</summary>
    public const string Prefix = "{\"_aws\":{\"CloudWatchMetrics\":[{\"Namespace\":\"LogsHttpDestination\",";

    /// <summary>Writes a line, without its line break.</summary>
    /// <param name="now">The current counts.</param>
    /// <param name="before">The counts of the previous line.</param>
    /// <param name="function">The function's name, which is the dimension.</param>
    /// <param name="time">The wall clock.</param>
    public static string Write(MetricCounts now, MetricCounts before, string function, DateTimeOffset time)
    {
        var names = new StringBuilder();
        var values = new StringBuilder();
        Add("Delivered", "Count", now.Delivered - before.Delivered);
        var dropped = 0L;
        for (var reason = 0; reason < now.Dropped.Length; reason++)
        {
            var count = now.Dropped[reason] - before.Dropped[reason];
            dropped += count;
            if (count > 0)
                Add($"Dropped_{DropReasonNames.Of((DropReason)reason)}", "Count", count);
        }

        Add("Dropped", "Count", dropped);
        Add("Retries", "Count", now.Retries - before.Retries);
        Add("CircuitOpen", "None", now.IsCircuitOpen ? 1 : 0);
        Add("AddedMilliseconds", "Milliseconds", (long)(now.HeldTime - before.HeldTime).TotalMilliseconds);
        Add("BufferedBytes", "Bytes", now.BufferedBytes);
        return $"{Prefix}\"Dimensions\":[[\"function_name\"]],\"Metrics\":[{names}]}}],\"Timestamp\":{time.ToUnixTimeMilliseconds()}}},"
            + $"\"function_name\":\"{function}\"{values}}}";

        void Add(string name, string unit, long value)
        {
            names.Append(names.Length > 0 ? "," : "").Append($"{{\"Name\":\"{name}\",\"Unit\":\"{unit}\"}}");
            values.Append(",\"").Append(name).Append("\":").Append(value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
