using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Contract;

/// <summary>What each body that Lambda sends becomes: as golden records where it is short, and what matters about it in words.</summary>
public sealed class TelemetryContractTests
{
    const string First = "459921b5-681c-4a96-beb0-81e0aa586026";
    const string Second = "882e9658-570e-4b2f-aaa8-5dfb88f7eccb";
    const string Third = "15b0ebbb-5cf8-49e2-8cbe-1d58a18330d2";
    const string Trace = "1-69b5a1c3-1e2c502e358361800241fd45";

    [Theory]
    [InlineData("01_cold_start_text", "01_cold_start_text.post1.json", "01_cold_start_text.post2.json", "01_cold_start_text.post3.json")]
    [InlineData("02_json_log_format", "02_json_log_format.json")]
    [InlineData("02b_json_log_format_old_schema", "02b_json_log_format_old_schema_2022_07_01.json")]
    [InlineData(
        "03_multi_invoke",
        "03_multi_invoke.post1.json",
        "03_multi_invoke.post2.json",
        "03_multi_invoke.post3.json",
        "03_multi_invoke.post4_shutdown.json")]
    [InlineData("04_timeout", "04_timeout.post1.json", "04_timeout.post2.json", "04_timeout.post3_suppressed_init.json")]
    [InlineData("05_runtime_crash", "05_runtime_crash.json")]
    [InlineData("05b_platform_failure", "05b_platform_failure.json")]
    [InlineData("05c_logs_api_legacy_fault", "05c_logs_api_legacy_fault.json")]
    [InlineData("06_oom", "06_oom.json")]
    [InlineData(
        "07_init_error",
        "07_init_error.post1.json",
        "07_init_error.post2.json",
        "07_init_error.post3.json",
        "07_init_error.post4.json")]
    [InlineData("07b_init_timeout", "07b_init_timeout.json")]
    [InlineData("07c_extension_launch_error", "07c_extension_launch_error.json")]
    [InlineData("08_snapstart_restore", "08_snapstart_restore.post1.json", "08_snapstart_restore.post2.json")]
    [InlineData("08b_snapstart_restore_failure", "08b_snapstart_restore_failure.json")]
    [InlineData("09_logs_dropped", "09_logs_dropped.json")]
    [InlineData("10e_small_split", "10e_small_split.post1.rawbody", "10e_small_split.post2.rawbody")]
    [InlineData("11_unicode_escapes", "11_unicode_escapes.json")]
    [InlineData("11b_lone_surrogate", "11b_lone_surrogate.json")]
    [InlineData("11c_invalid_utf8_bytes", "11c_invalid_utf8_bytes.rawbody")]
    [InlineData("12_unknown_future_events", "12_unknown_future_events.json")]
    [InlineData("13_tenant_id", "13_tenant_id.json")]
    [InlineData("15_schema_2025_01_29", "15_schema_2025_01_29_default_function.json")]
    [InlineData("16_provisioned_concurrency", "16_provisioned_concurrency.json")]
    [InlineData("17_container_image_minimal", "17_container_image_minimal.json")]
    [InlineData("18_empty_batch", "18_empty_batch.json")]
    public void A_scenario_becomes_these_records(string scenario, params string[] posts)
    {
        var desk = TelemetryFixtures.Read(posts);
        TelemetryFixtures.AssertGolden(scenario + ".ndjson", desk.Records.Select(record => record.Encoded));
        Assert.Empty(desk.Unreadable);
        Assert.Equal(posts.Length, desk.Signals.PostsHandled);
    }

    [Fact]
    public void Managed_instances_become_these_records()
    {
        var desk = TelemetryFixtures.Read(new ReadingDesk(concurrentInvocations: true), "14_managed_instance_2025_01_29.json");
        TelemetryFixtures.AssertGolden("14_managed_instance.ndjson", desk.Records.Select(record => record.Encoded));
        var lines = desk.Records.Where(record => record.LogType == "function").Select(record => (record.RequestId?[..8], record.ColdStart));
        Assert.Equal([("77f0a1de", false), ("13d1305b", true)], lines);
        Assert.Equal(0, desk.Signals.RuntimeDoneCount);
        Assert.Equal(PlatformStatus.Timeout, desk.Signals.FindReport("77f0a1de-2f5b-4b6e-8f34-0c9d8e7f6a5b")?.Status);
    }

    [Fact]
    public void Every_body_is_read_without_a_loss()
    {
        foreach (var name in TelemetryFixtures.Names)
        {
            var desk = TelemetryFixtures.Read(name);
            desk.Reader.FlushHeld();
            Assert.True(desk.Records.Count > 0 || name.StartsWith("18_", StringComparison.Ordinal), name);
        }
    }

    [Fact]
    public void A_cold_starts_lines_have_its_request_and_trace_also_after_its_end()
    {
        var desk = TelemetryFixtures.Read("01_cold_start_text.post1.json", "01_cold_start_text.post2.json");
        var lines = desk.Records.Where(record => record.LogType == "function").ToList();
        Assert.Equal((null, null), (lines[0].RequestId, lines[0].ColdStart));
        Assert.All(lines[1..], line => Assert.Equal((First, Trace, true), (line.RequestId, line.TraceId, line.ColdStart)));
        Assert.EndsWith("\tWARN\tretrying payment\n  attempt: 2\n  reason: \"429\"", lines[2].Message);
        Assert.Equal(new InitStart("on-demand", "init", "2026/03/14/[$LATEST]6b1f0c0a8e0f4b6f9a3d8f6f1b2c3d4e"), desk.Signals.InitStart);
        Assert.Equal(TimeSpan.FromMilliseconds(53.905), desk.Signals.FindRuntimeDone(First)?.Duration);
    }

    [Fact]
    public void A_report_says_what_the_text_log_says() => Assert.Equal(
        $"REPORT RequestId: {First} Duration: 71.42 ms Billed Duration: 427 ms Memory Size: 256 MB Max Memory Used: 78 MB "
        + "Init Duration: 354.90 ms",
        TelemetryFixtures.Read("01_cold_start_text.post3.json").Last.Message);

    [Fact]
    public void Object_records_of_all_runtimes_keep_every_key()
    {
        var lines = TelemetryFixtures.Read("02_json_log_format.json").Records.Where(record => record.LogType == "function").ToList();
        const string Error = "errorType errorMessage stackTrace";
        Assert.Equal(
            ["Info", "Info", "Error", "Error", "Warn", "Error", "Info", "Info", "Error", "Info"],
            lines.Select(line => line.Level.ToString()));
        Assert.Equal(
            ["", "", Error, "errorType stackTrace code", "logger customer elapsed", "errorType stackTrace", "", "count product", Error, ""],
            lines.Select(line => line.AttributeNames));
        Assert.Equal("""{"orderId":4711,"items":[{"sku":"A-1","qty":2}],"ok":true,"note":null}""", lines[1].Message);
        Assert.Equal(("division by zero", "2026-03-14T10:00:00Z"), (lines[5].Message, lines[5].Time));
        Assert.Equal(Trace, lines[7].TraceId);
        Assert.All(lines, line => Assert.Equal(First, line.RequestId));
    }

    [Fact]
    public void A_late_line_is_of_the_invocation_that_wrote_it()
    {
        var desk = TelemetryFixtures.Read("03_multi_invoke.post1.json", "03_multi_invoke.post2.json", "03_multi_invoke.post3.json");
        var lines = desk.Records.Where(record => record.LogType == "function").Select(record => (record.RequestId, record.ColdStart));
        Assert.Equal([(First, true), (First, true), (Second, false), (Second, false)], lines);
        Assert.NotNull(desk.Signals.FindRuntimeDone(Third));
    }

    [Fact]
    public void The_final_records_of_an_invocation_say_what_happened()
    {
        Assert.Equal(Second + " Task timed out after 5.00 seconds", EndOf("04_timeout.post2.json"));
        Assert.Equal(
            "c3252230-c73d-49f6-8844-968c01d1e2e1 Runtime crashed after 79.90 ms Error Type: Runtime.ExitError",
            EndOf("05_runtime_crash.json"));
        Assert.Equal(
            "5b866fb1-7154-4af6-8078-6ef6ca4c2ddd Runtime ran out of memory after 10.93 seconds Error Type: Runtime.OutOfMemory",
            EndOf("06_oom.json"));

        static string EndOf(string name)
        {
            var end = TelemetryFixtures.Read(name).Records.Single(record => record.Kind == EventKind.RuntimeDone);
            Assert.Equal(LogLevel.Error, end.Level);
            return end.Message["RequestId: ".Length..];
        }
    }

    [Fact]
    public void Records_of_the_snapshot_are_marked_and_count_for_no_cold_start()
    {
        var desk = TelemetryFixtures.Read("08_snapstart_restore.post1.json", "08_snapstart_restore.post2.json");
        Assert.Equal(5, desk.Records.TakeWhile(record => record.Snapshot).Count());
        Assert.Equal(5, desk.Records.Count(record => record.Snapshot));
        Assert.True(desk.Records.Single(record => record.Kind == EventKind.Start).ColdStart);
        Assert.Equal(1, desk.Signals.RestoreStarts);
    }

    [Fact]
    public void Dropped_logs_are_reported_to_the_lifecycle()
    {
        var desk = TelemetryFixtures.Read("09_logs_dropped.json");
        Assert.Equal((130, 13255), (desk.Signals.DroppedRecords, desk.Signals.DroppedBytes));
        Assert.Equal(2, desk.Records.Count(record => record is { Kind: EventKind.LogsDropped, Level: LogLevel.Warn }));
    }

    [Fact]
    public void A_huge_line_arrives_whole()
    {
        var desk = TelemetryFixtures.Read("10a_huge_line_valid_255KiB.json");
        Assert.InRange(desk.Records[0].Message.Length, 261_000, 262_144);
        Assert.NotNull(desk.Signals.FindRuntimeDone(First));
    }

    [Theory]
    [InlineData("10b_huge_json_split_across_posts.post1.rawbody", "10b_huge_json_split_across_posts.post2.rawbody")]
    [InlineData("10c_huge_json_pieces_in_one_post.rawbody")]
    public void A_split_record_arrives_whole_and_the_end_after_it_is_seen(params string[] posts)
    {
        var desk = TelemetryFixtures.Read(posts);
        var line = desk.Records[0];
        Assert.Equal((LogLevel.Info, "function", First), (line.Level, line.LogType, line.RequestId));
        Assert.InRange(line.Message.Length, 335_000, 337_000);
        Assert.Matches("^[A-Z]+$", line.Message);
        Assert.Equal(2, desk.Records.Count);
        Assert.NotNull(desk.Signals.FindRuntimeDone(First));
        Assert.Equal(0, desk.Reader.Unreadable);
    }

    [Fact]
    public void Pieces_of_text_are_records_of_their_own()
    {
        var desk = TelemetryFixtures.Read("10d_huge_text_split_pieces_UNCONFIRMED.json");
        Assert.Equal(["function", "function", "platform.runtimeDone"], desk.Records.Select(record => record.LogType));
    }

    [Fact]
    public void A_cut_emoji_is_replaced_and_a_whole_one_stays()
    {
        var messages = TelemetryFixtures.Read("11b_lone_surrogate.json").Messages;
        Assert.Equal(["lone high \uFFFD end", "lone low \uFFFD, swapped \uFFFD\uFFFD, ok 😀", "cut emoji \uFFFD"], messages);
    }

    [Fact]
    public void Odd_keys_and_large_numbers_stay_as_they_were_written()
    {
        var record = TelemetryFixtures.Read("11_unicode_escapes.json").Last;
        Assert.Equal("ключ", record.Message);
        Assert.Equal(
            """{"a.b":1,"":"empty key","nested":{"deep":[[[1e+308,-0.0,12345678901234567890,1e-05]]]},"__proto__":"x"}""",
            record.RawAttributes);
    }

    [Fact]
    public void Events_nobody_knows_are_passed_on()
    {
        var desk = TelemetryFixtures.Read("12_unknown_future_events.json");
        Assert.Equal(7, desk.Records.Count);
        Assert.Equal(4, desk.Records.Count(record => record.Kind == EventKind.OtherPlatform));
        Assert.Equal("2026-11-01T00:00:00.005123456Z", desk.Records[5].Time);
        Assert.Equal((PlatformStatus.Other, LogLevel.Warn), (desk.Last.Status, desk.Last.Level));
    }

    [Fact]
    public void Lines_of_other_extensions_are_read_like_those_of_functions()
    {
        var desk = TelemetryFixtures.Read("15_schema_2025_01_29_default_function.json");
        var lines = desk.Records.Where(record => record.LogType == "extension").ToList();
        Assert.Equal(["other-extension: flushed 3 items", "extension log in JSON format"], lines.Select(line => line.Message));
        Assert.All(lines, line => Assert.Equal(Second, line.RequestId));
    }
}
