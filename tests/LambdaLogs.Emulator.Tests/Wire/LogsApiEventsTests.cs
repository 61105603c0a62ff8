using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Wire;

public sealed class LogsApiEventsTests
{
    [Fact]
    public void A_report_is_preceded_by_the_end_and_followed_by_the_fault_of_a_failure()
    {
        Assert.Equal(["platform.end", "platform.report"], Types(Report(Outcome.Success)));
        Assert.Equal(["platform.end", "platform.report", "platform.fault"], Types(Report(Outcome.Error("Runtime.ExitError"))));
        var timeout = LogsApiEvents.Of(Report(Outcome.Timeout), SchemaVersion.Logs20200815).OfType<PlatformEvent.Fault>().Single();
        Assert.Equal("2026-03-14T09:26:53.100Z r1 Task timed out after 3.00 seconds", timeout.Text);
    }

    [Fact]
    public void The_end_of_the_runtime_is_there_from_the_newer_version_on()
    {
        var done = new PlatformEvent.RuntimeDone(Some.Time, "r1", Outcome.Error("Runtime.ExitError")) { Duration = TimeSpan.Zero };
        Assert.Empty(LogsApiEvents.Of(done, SchemaVersion.Logs20200815));
        Assert.Equal(["platform.runtimeDone"], Types(done, SchemaVersion.Logs20210318));
    }

    [Fact]
    public void What_the_logs_api_does_not_know_is_left_out()
    {
        var init = new PlatformEvent.InitStart(Some.Time, new FunctionIdentity(), "init");
        Assert.Empty(LogsApiEvents.Of(init, SchemaVersion.Logs20210318));
        Assert.Empty(LogsApiEvents.Of(new PlatformEvent.Subscription(Some.Time, "other", "Subscribed", []), SchemaVersion.Logs20210318));
        Assert.Equal(["function"], Types(Some.Line("hello\n")));
    }

    static PlatformEvent.Report Report(Outcome outcome) => new(Some.Time, "r1", outcome)
    {
        Metrics = new ReportMetrics { Duration = TimeSpan.FromSeconds(3), MemorySizeMb = 128 },
    };

    static IEnumerable<string> Types(TelemetryEvent item, SchemaVersion schema = SchemaVersion.Logs20200815) =>
        LogsApiEvents.Of(item, schema).Select(e => e.Type);
}
