using System.Buffers;
using System.Text;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Wire;

/// <summary>Golden records. The shapes are those of captured telemetry.</summary>
public sealed class PlatformEventTests
{
    const string Trace = "Root=1-69b5a1c3-1e2c502e358361800241fd45;Parent=35465b3a9e2f7c6a;Sampled=1";

    static readonly FunctionIdentity Function = new() { Name = "checkout", MemoryMb = 256, InstanceId = "2026/03/14/[$LATEST]6b1f" };

    [Fact]
    public void Init_start() => Is(
        new PlatformEvent.InitStart(Some.Time, Function, "init"),
        """
        "platform.initStart","record":{"initializationType":"on-demand","phase":"init","functionName":"checkout",
        "functionVersion":"$LATEST","instanceId":"2026/03/14/[$LATEST]6b1f","instanceMaxMemory":268435456}
        """);

    [Fact]
    public void Init_start_names_the_version_of_a_managed_runtime() => Is(
        new PlatformEvent.InitStart(Some.Time, Function with { RuntimeVersion = "nodejs:22.v1" }, "init"),
        """
        "platform.initStart","record":{"initializationType":"on-demand","phase":"init","runtimeVersion":"nodejs:22.v1",
        "runtimeVersionArn":"arn:aws:lambda:us-east-1::runtime:25c9055e1e3b946e36faca11b1bcc75cda83c2eb2195a0503bfe39109d94b381"}
        """,
        SchemaVersion.V20220701);

    [Fact]
    public void Init_start_names_no_function_in_the_oldest_schema() => Is(
        new PlatformEvent.InitStart(Some.Time, Function, "init"),
        """
        "platform.initStart","record":{"initializationType":"on-demand","phase":"init"}
        """,
        SchemaVersion.V20220701);

    [Fact]
    public void Init_runtime_done() => Is(
        new PlatformEvent.InitRuntimeDone(Some.Time, InitializationType.SnapStart, "init", Outcome.Error("Runtime.ExitError")),
        """
        "platform.initRuntimeDone","record":{"initializationType":"snap-start","phase":"init","status":"error",
        "errorType":"Runtime.ExitError"}
        """);

    [Fact]
    public void Init_report() => Is(
        new PlatformEvent.InitReport(
            Some.Time, InitializationType.OnDemand, "invoke", Outcome.Success, TimeSpan.FromMilliseconds(354.8714)),
        """
        "platform.initReport","record":{"initializationType":"on-demand","metrics":{"durationMs":354.871},"phase":"invoke",
        "status":"success"}
        """);

    [Fact]
    public void Init_report_has_no_status_in_the_oldest_schema() => Is(
        new PlatformEvent.InitReport(Some.Time, InitializationType.OnDemand, "init", Outcome.Success, TimeSpan.FromMilliseconds(2)),
        """
        "platform.initReport","record":{"initializationType":"on-demand","metrics":{"durationMs":2},"phase":"init"}
        """,
        SchemaVersion.V20220701);

    [Fact]
    public void Start_for_a_tenant() => Is(
        new PlatformEvent.Start(Some.Time, "r1", "7", null) { TenantId = "blue" },
        """
        "platform.start","record":{"requestId":"r1","tenantId":"blue","version":"7"}
        """);

    [Fact]
    public void Runtime_done_for_a_tenant() => Is(
        new PlatformEvent.RuntimeDone(Some.Time, "r1", Outcome.Success) { Duration = TimeSpan.FromMilliseconds(1), TenantId = "blue" },
        """
        "platform.runtimeDone","record":{"requestId":"r1","tenantId":"blue","status":"success","metrics":{"durationMs":1,"producedBytes":0}}
        """);

    [Fact]
    public void Start() => Is(
        new PlatformEvent.Start(Some.Time, "r1", "$LATEST", Trace),
        """
        "platform.start","record":{"requestId":"r1","version":"$LATEST",
        "tracing":{"type":"X-Amzn-Trace-Id","value":"Root=1-69b5a1c3-1e2c502e358361800241fd45;Parent=35465b3a9e2f7c6a;Sampled=1"}}
        """);

    [Fact]
    public void Runtime_done() => Is(
        new PlatformEvent.RuntimeDone(Some.Time, "r1", Outcome.Success)
        {
            Duration = TimeSpan.FromMilliseconds(53.905),
            ProducedBytes = 50,
            Response = new ResponseTimes(Span(52.68), Span(0.226), Span(0.902)),
        },
        """
        "platform.runtimeDone","record":{"requestId":"r1","status":"success",
        "spans":[{"name":"responseLatency","start":"2026-03-14T09:26:53.100Z","durationMs":52.68},
        {"name":"responseDuration","start":"2026-03-14T09:26:53.100Z","durationMs":0.226},
        {"name":"runtimeOverhead","start":"2026-03-14T09:26:53.100Z","durationMs":0.902}],
        "metrics":{"durationMs":53.905,"producedBytes":50}}
        """);

    [Fact]
    public void Runtime_done_of_a_timeout_has_no_error_type_and_no_spans() => Is(
        new PlatformEvent.RuntimeDone(Some.Time, "r1", Outcome.Timeout) { Duration = TimeSpan.FromMilliseconds(5001.182) },
        """
        "platform.runtimeDone","record":{"requestId":"r1","status":"timeout","metrics":{"durationMs":5001.182,"producedBytes":0}}
        """);

    [Fact]
    public void Report_bills_init_and_rounds_up() => Is(
        new PlatformEvent.Report(Some.Time, "r1", Outcome.Success)
        {
            Metrics = new ReportMetrics
            {
                Duration = TimeSpan.FromMilliseconds(71.42),
                MemorySizeMb = 256,
                MaxMemoryUsedMb = 78,
                InitDuration = TimeSpan.FromMilliseconds(354.9),
            },
            ExtensionOverhead = Span(17.114),
        },
        """
        "platform.report","record":{"requestId":"r1","metrics":{"durationMs":71.42,"billedDurationMs":427,"memorySizeMB":256,
        "maxMemoryUsedMB":78,"initDurationMs":354.9},"status":"success",
        "spans":[{"name":"extensionOverhead","start":"2026-03-14T09:26:53.100Z","durationMs":17.114}]}
        """);

    [Fact]
    public void Report_of_a_managed_instance() => Is(
        new PlatformEvent.ManagedReport(Some.Time, "r1", Outcome.Success, TimeSpan.FromMilliseconds(1.148), Span(0.847), Span(0.127)),
        """
        "platform.report","record":{"requestId":"r1","status":"success","metrics":{"durationMs":1.148},
        "spans":[{"name":"responseLatency","start":"2026-03-14T09:26:53.100Z","durationMs":0.847},
        {"name":"responseDuration","start":"2026-03-14T09:26:53.100Z","durationMs":0.127}]}
        """);

    [Fact]
    public void Extension_and_subscription() => Is(
        new PlatformEvent.Subscription(Some.Time, "shipper", "Subscribed", ["platform", "function"]),
        """
        "platform.telemetrySubscription","record":{"name":"shipper","state":"Subscribed","types":["platform","function"]}
        """);

    [Fact]
    public void Subscription_of_the_logs_api() => Is(
        new PlatformEvent.Subscription(Some.Time, "shipper", "Subscribed", ["function"]) { IsLogs = true },
        """
        "platform.logsSubscription","record":{"name":"shipper","state":"Subscribed","types":["function"]}
        """);

    [Fact]
    public void Fault_of_the_logs_api_has_a_text_as_its_record() => Is(
        new PlatformEvent.Fault(Some.Time, "RequestId: r1 Process exited before completing request"),
        """
        "platform.fault","record":"RequestId: r1 Process exited before completing request"
        """);

    [Fact]
    public void Extension_that_cannot_be_started() => Is(
        new PlatformEvent.Extension(Some.Time, "broken.sh", "LaunchError", [], "PermissionDenied"),
        """
        "platform.extension","record":{"name":"broken.sh","state":"LaunchError","events":[],"errorType":"PermissionDenied"}
        """);

    [Fact]
    public void Logs_dropped() => Is(
        new PlatformEvent.LogsDropped(Some.Time, 123, 12345, "slow"),
        """
        "platform.logsDropped","record":{"droppedBytes":12345,"droppedRecords":123,"reason":"slow"}
        """);

    [Fact]
    public void Restore_report() => Is(
        new PlatformEvent.RestoreReport(Some.Time, Outcome.Success, TimeSpan.FromMilliseconds(246.91)),
        """
        "platform.restoreReport","record":{"status":"success","metrics":{"durationMs":246.91}}
        """);

    static Span Span(double milliseconds) => new(Some.Time, TimeSpan.FromMilliseconds(milliseconds));

    static void Is(PlatformEvent item, string expected, SchemaVersion schema = SchemaVersion.V20221213)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new EnvelopeWriter(schema, LogFormat.Text).Write(item, buffer);
        var compact = expected.ReplaceLineEndings("");
        Assert.Equal($$"""{"time":"2026-03-14T09:26:53.100Z","type":{{compact}}}""", Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
