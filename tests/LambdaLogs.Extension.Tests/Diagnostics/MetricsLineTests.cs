using System.Text.Json;
using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Tests.Diagnostics;

public sealed class MetricsLineTests
{
    [Fact]
    public void A_line_has_what_changed_since_the_one_before_in_the_embedded_metric_format()
    {
        var ledger = new Ledger();
        ledger.CountReceived(10);
        ledger.CountDelivered(4, 400);
        var before = MetricCounts.Of(ledger) with { HeldTime = TimeSpan.FromMilliseconds(20) };
        ledger.CountDelivered(3, 300);
        ledger.CountDropped(DropReason.Rejected, 2);
        ledger.CountRetry();
        var now = MetricCounts.Of(ledger) with { HeldTime = TimeSpan.FromMilliseconds(50), IsCircuitOpen = true, BufferedBytes = 7 };

        var line = MetricsLine.Write(now, before, "orders", DateTimeOffset.FromUnixTimeMilliseconds(1_773_480_413_101));

        Assert.StartsWith(MetricsLine.Prefix, line);
        Assert.DoesNotContain('\n', line);
        var json = JsonDocument.Parse(line).RootElement;
        var aws = json.GetProperty("_aws");
        Assert.Equal(1_773_480_413_101, aws.GetProperty("Timestamp").GetInt64());
        var directive = Assert.Single(aws.GetProperty("CloudWatchMetrics").EnumerateArray().ToList());
        Assert.Equal("function_name", directive.GetProperty("Dimensions")[0][0].GetString());
        Assert.Equal("orders", json.GetProperty("function_name").GetString());
        var values = directive.GetProperty("Metrics").EnumerateArray().ToDictionary(
            metric => metric.GetProperty("Name").GetString()!, metric => json.GetProperty(metric.GetProperty("Name").GetString()!).GetInt64());
        Assert.Equal(
            new Dictionary<string, long>
            {
                ["Delivered"] = 3,
                ["Dropped_rejected"] = 2,
                ["Dropped"] = 2,
                ["Retries"] = 1,
                ["CircuitOpen"] = 1,
                ["AddedMilliseconds"] = 30,
                ["BufferedBytes"] = 7,
            },
            values);
    }
}
