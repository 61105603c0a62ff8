using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class DropReportTests
{
    [Fact]
    public void A_report_says_how_many_records_were_dropped_and_why()
    {
        var report = DropReport.Of([5, 0, 2, 0, 0]);

        Assert.Equal("extension.dropped", report.LogType);
        Assert.Equal(LogLevel.Warn, report.Level);
        Assert.Equal("7 records were dropped before they could be delivered", report.Message);
        Assert.Equal("""{"dropped":7,"reasons":{"buffer_full":5,"too_large":2}}""", report.Attributes);
    }

    [Fact]
    public void Every_reason_has_its_place() =>
        Assert.Equal("""{"dropped":15,"reasons":{"buffer_full":1,"rejected":2,"too_large":3,"shutdown":4,"fault":5}}""", DropReport.Of([1, 2, 3, 4, 5]).Attributes);
}
