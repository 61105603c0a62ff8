using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Lifecycle;

public sealed class MetricsReportTests : IDisposable
{
    readonly LifecycleRig _rig = new();
    readonly List<JsonElement> _lines = [];

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_line_is_written_at_most_once_a_minute_where_anything_changed_and_at_the_end()
    {
        var report = new MetricsReport(_rig.Flow, "orders", line => _lines.Add(JsonDocument.Parse(Encoding.UTF8.GetString(line)).RootElement));
        report.Report(isFinal: false);
        Assert.Single(_lines);

        _rig.Flow.AddHold(TimeSpan.FromMilliseconds(30));
        report.Report(isFinal: false);
        Assert.Single(_lines);

        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        report.Report(isFinal: false);
        Assert.Equal(30, _lines[1].GetProperty("AddedMilliseconds").GetInt64());

        _rig.Clock.Advance(TimeSpan.FromMinutes(1));
        report.Report(isFinal: false);
        Assert.Equal(2, _lines.Count);

        report.Report(isFinal: true);
        Assert.Equal((3, 0L), (_lines.Count, _lines[2].GetProperty("AddedMilliseconds").GetInt64()));
        Assert.Equal("orders", _lines[2].GetProperty("function_name").GetString());
    }
}
