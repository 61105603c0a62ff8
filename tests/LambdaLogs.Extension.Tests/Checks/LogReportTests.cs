using LambdaLogs.Extension.Checks;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Checks;

public sealed class LogReportTests
{
    [Fact]
    public void Each_step_is_a_line_of_the_log()
    {
        var lines = new CollectedLines();
        var report = new LogReport(lines.Log);
        report.Begin("title", [new("LOGS_FORMAT", "loki", "environment")], ["a problem"], ["a warning"]);
        report.BeginSteps("Steps to https://x");
        report.Step(new CheckStep("name", true, "x is 127.0.0.1") { Took = TimeSpan.FromMilliseconds(3) });
        report.Step(new CheckStep("tls", false, "not trusted") { Details = "certificate for x", Advice = "set HTTP_TLS_CA" });
        report.End(false, "The endpoint does not accept logs.");
        Assert.Equal(
            [
                "[EXTENSION] INFO check: title\n",
                "[EXTENSION] INFO check: LOGS_FORMAT = loki (environment)\n",
                "[EXTENSION] INFO check: Steps to https://x\n",
                "[EXTENSION] INFO check: name ok, 3 ms: x is 127.0.0.1\n",
                "[EXTENSION] ERROR check: tls FAILED: not trusted; certificate for x -> set HTTP_TLS_CA\n",
                "[EXTENSION] ERROR check: The endpoint does not accept logs.\n",
            ],
            lines.Written);
    }
}
