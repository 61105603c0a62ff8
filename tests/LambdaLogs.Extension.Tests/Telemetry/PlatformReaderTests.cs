using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class PlatformReaderTests
{
    const string Id = ReadingDesk.RequestId;

    readonly ReadingDesk _desk = new();

    [Theory]
    [InlineData("initStart", """{"runtimeVersion":"nodejs:22.v41","phase":"init"}""", "INIT_START Runtime Version: nodejs:22.v41")]
    [InlineData("initStart", "{}", "INIT_START")]
    [InlineData("initRuntimeDone", """{"phase":"init","status":"success"}""", "INIT_RUNTIME_DONE Phase: init Status: success")]
    [InlineData(
        "initReport",
        """{"metrics":{"durationMs":10000.487},"phase":"init","status":"timeout"}""",
        "INIT_REPORT Init Duration: 10000.49 ms Phase: init Status: timeout")]
    [InlineData("start", """{"requestId":"i","version":"$LATEST"}""", "START RequestId: i Version: $LATEST")]
    [InlineData("end", """{"requestId":"i"}""", "END RequestId: i")]
    [InlineData(
        "report",
        """{"requestId":"i","metrics":{"durationMs":71.42,"billedDurationMs":427,"memorySizeMB":256,"maxMemoryUsedMB":78}}""",
        "REPORT RequestId: i Duration: 71.42 ms Billed Duration: 427 ms Memory Size: 256 MB Max Memory Used: 78 MB")]
    [InlineData("report", """{"requestId":"i","metrics":{"initDurationMs":354.9}}""", "REPORT RequestId: i Init Duration: 354.90 ms")]
    [InlineData(
        "report",
        """{"requestId":"i","metrics":{"durationMs":1e300,"restoreDurationMs":246.914},"status":"error","errorType":"Runtime.ExitError"}""",
        "REPORT RequestId: i Duration: 1e300 ms Restore Duration: 246.91 ms Status: error Error Type: Runtime.ExitError")]
    [InlineData("report", """{"requestId":7,"metrics":{"durationMs":"x"},"status":null}""", "REPORT")]
    [InlineData(
        "restoreStart",
        """{"runtimeVersion":"java:21.v52","runtimeVersionArn":"arn:x"}""",
        "RESTORE_START Runtime Version: java:21.v52 Runtime Version ARN: arn:x")]
    [InlineData("restoreRuntimeDone", """{"status":"timeout"}""", "RESTORE_RUNTIME_DONE Status: timeout")]
    [InlineData(
        "restoreReport",
        """{"status":"success","metrics":{"durationMs":246.91}}""",
        "RESTORE_REPORT Restore Duration: 246.91 ms Status: success")]
    [InlineData(
        "extension",
        """{"name":"x","state":"LaunchError","events":[],"errorType":"PermissionDenied"}""",
        "EXTENSION Name: x State: LaunchError Events: [] Error Type: PermissionDenied")]
    [InlineData(
        "telemetrySubscription",
        """{"name":"x","state":"Subscribed","types":["platform", "function"]}""",
        "TELEMETRY Name: x State: Subscribed Types: [platform, function]")]
    [InlineData(
        "logsDropped",
        """{"droppedBytes":12345,"droppedRecords":123,"reason":"slow"}""",
        "Lambda dropped 123 records (12345 bytes) Reason: slow")]
    [InlineData("fault", "\"RequestId: i Process exited\\n\"", "RequestId: i Process exited")]
    [InlineData("fault", "{}", "platform.fault")]
    [InlineData("brandNew", """{"foo":1}""", "platform.brandNew")]
    [InlineData("scalarRecord", "42", "platform.scalarRecord")]
    [InlineData("nullRecord", "null", "platform.nullRecord")]
    public void An_event_is_said_in_a_sentence(string type, string record, string expected)
    {
        _desk.ReadEvents(ReadingDesk.Event("platform." + type, record));
        Assert.Equal((expected, "platform." + type), (_desk.Last.Message, _desk.Last.LogType));
    }

    [Theory]
    [InlineData("success", "", 53.905, "Invocation finished with status success after 53.91 ms")]
    [InlineData("timeout", "", 3000.0, "Task timed out after 3.00 seconds")]
    [InlineData("timeout", "", 999.33, "Task timed out after 1.00 seconds")]
    [InlineData("error", "", 994.9, "Invocation failed after 994.90 ms")]
    [InlineData("error", "Runtime.OutOfMemory", 10930.112, "Runtime ran out of memory after 10.93 seconds Error Type: Runtime.OutOfMemory")]
    [InlineData("error", "Runtime.ExitError", 79.9, "Runtime crashed after 79.90 ms Error Type: Runtime.ExitError")]
    [InlineData("error", "Function.Boom", 1.0, "Invocation failed after 1.00 ms Error Type: Function.Boom")]
    [InlineData("failure", "Sandbox.Failure", 12.0, "Lambda failed to run the invocation after 12.00 ms Error Type: Sandbox.Failure")]
    [InlineData("throttled", "", 1.0, "Invocation finished with status throttled after 1.00 ms")]
    public void The_end_of_an_invocation_says_what_happened(string status, string errorType, double duration, string expected)
    {
        var error = errorType.Length == 0 ? "" : $""","errorType":"{errorType}" """;
        var metrics = FormattableString.Invariant($$"""{"durationMs":{{duration}}}""");
        var record = $$"""{"requestId":"i","status":"{{status}}"{{error}},"metrics":{{metrics}}}""";
        _desk.ReadEvents(ReadingDesk.Event("platform.runtimeDone", record));
        Assert.Equal("RequestId: i " + expected, _desk.Last.Message);
    }

    [Theory]
    [InlineData("report", """{"status":"success"}""", LogLevel.Info, PlatformStatus.Success)]
    [InlineData("report", """{"status":"error"}""", LogLevel.Error, PlatformStatus.Error)]
    [InlineData("runtimeDone", """{"status":"failure"}""", LogLevel.Error, PlatformStatus.Failure)]
    [InlineData("initReport", """{"status":"timeout"}""", LogLevel.Error, PlatformStatus.Timeout)]
    [InlineData("report", """{"status":"throttled"}""", LogLevel.Warn, PlatformStatus.Other)]
    [InlineData("logsDropped", "{}", LogLevel.Warn, PlatformStatus.None)]
    [InlineData("fault", "\"x\"", LogLevel.Error, PlatformStatus.None)]
    [InlineData("extension", """{"state":"Ready","errorType":""}""", LogLevel.Info, PlatformStatus.None)]
    [InlineData("extension", """{"state":"LaunchError","errorType":"PermissionDenied"}""", LogLevel.Error, PlatformStatus.None)]
    [InlineData("brandNew", "{}", LogLevel.Info, PlatformStatus.None)]
    internal void An_events_level_follows_from_how_it_ended(string type, string record, LogLevel level, PlatformStatus status)
    {
        _desk.ReadEvents(ReadingDesk.Event("platform." + type, record));
        Assert.Equal((level, status), (_desk.Last.Level, _desk.Last.Status));
    }

    [Fact]
    public void The_whole_event_is_kept_as_attributes()
    {
        const string Record = $$"""{"requestId":"{{Id}}","new":{"x":1e5} }""";
        const string Report = $$"""{"time":"{{ReadingDesk.Time}}","extra":[1, 2],"type":"platform.report","record":{{Record}} }""";
        _desk.ReadEvents(Report);
        Assert.Equal((Report, Id, ReadingDesk.Time), (_desk.Last.RawAttributes, _desk.Last.RequestId, _desk.Last.Time));
    }

    [Fact]
    public void An_event_of_a_category_nobody_knows_is_passed_on_whole()
    {
        var audit = ReadingDesk.Event("audit", "\"who did what\"");
        _desk.ReadEvents(audit);
        var record = _desk.Last;
        Assert.Equal(("who did what", "audit", EventKind.Other), (record.Message, record.LogType, record.Kind));
        Assert.Equal(audit, record.RawAttributes);
    }

    [Fact]
    public void An_event_without_a_record_is_passed_on()
    {
        _desk.ReadEvents("""{"type":"platform.report"}""");
        Assert.Equal(("platform.report", EventKind.Report), (_desk.Last.Message, _desk.Last.Kind));
    }

    [Fact]
    public void Escapes_in_an_event_stay_as_they_are()
    {
        _desk.ReadEvents(ReadingDesk.Event("platform.extension", """{"name":"a\"b\\\u00e9","state":"Ready","events":["\n"]}"""));
        Assert.Equal("EXTENSION Name: a\"b\\é State: Ready Events: [\n]", _desk.Last.Message);
    }

    [Fact]
    public void Records_of_a_snapshot_are_marked_and_those_of_the_restored_environment_are_not()
    {
        const string Published = "2026-03-01T08:00:00.000Z";
        const string Restored = "2026-03-14T14:00:00.064Z";
        const string Now = "2026-03-14T14:00:01.000Z";
        const string SnapStart = """{"initializationType":"snap-start","phase":"init"}""";
        _desk.ReadEvents(
            ReadingDesk.Event("platform.initStart", SnapStart, Published),
            ReadingDesk.Line("loading", Published),
            ReadingDesk.Event("platform.restoreStart", "{}", Restored),
            ReadingDesk.Line("restored", Now),
            ReadingDesk.Line("loading, late", Published),
            ReadingDesk.Event("platform.initReport", SnapStart, Published),
            ReadingDesk.Line("restored, still", Now),
            ReadingDesk.Start(Id, Now),
            ReadingDesk.Line("invoked", Now));
        Assert.Equal([true, true, false, false, true, true, false, false, false], _desk.Records.Select(record => record.Snapshot));
        Assert.Contains("\"cold_start\":true", _desk.Last.Encoded);
        Assert.EndsWith("\"log_type\":\"function\",\"snapshot\":true}", _desk.Records[1].Encoded);
    }
}
