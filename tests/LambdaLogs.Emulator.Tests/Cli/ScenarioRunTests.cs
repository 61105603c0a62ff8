using System.Text.Json;
using System.Xml.Linq;
using LambdaLogs.Emulator.Cli;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Cli;

public sealed class ScenarioRunTests : IDisposable
{
    readonly TempFiles _files = new();

    static string Sample => Path.Combine(Repository.Root, "samples", "scenarios", "forwarded.json");

    static string Forwarder => Path.Combine(Repository.Root, "samples", "extensions", "python", "telemetry-forwarder");

    public void Dispose() => _files.Dispose();

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_scenario_is_played_and_its_expectations_are_held()
    {
        var (code, output, error) = await RunAsync("run", "--scenario", Sample, "--json");
        using var summary = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]);
        var root = summary.RootElement;
        var unmet = root.GetProperty("expectations").EnumerateArray().Where(e => e.GetProperty("failure").ValueKind is not JsonValueKind.Null);
        Assert.Empty(unmet.Select(e => e.ToString()));
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.Equal("ok", root.GetProperty("result").GetString());
        Assert.Equal(4, root.GetProperty("invocations").GetArrayLength());
        Assert.Equal(JsonValueKind.Object, root.GetProperty("invocations")[0].GetProperty("response").ValueKind);
        var telemetry = root.GetProperty("extensions")[0].GetProperty("telemetry");
        Assert.True(telemetry.GetProperty("delivered").GetInt64() > 10);
        Assert.Equal(0, telemetry.GetProperty("dropped").GetInt64());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_expectation_that_is_not_met_ends_with_code_3_and_is_in_the_report()
    {
        var scenario = Scenario("""
            "steps": [ { "endpoint": { "status": 503 } }, { "invoke": { "lines": 2 } } ],
            "expect": { "none_lost": true, "lines_min": 1, "responses": [ { "payload": 17 } ], "requests_max": 0, "exit_codes": { "nobody": 0 } }
            """);
        var report = Path.Combine(_files.Root, "junit.xml");
        var (code, output, _) = await RunAsync("run", "--scenario", scenario, "--junit", report);

        Assert.Equal(ExitCode.ExpectationNotMet, code);
        Assert.Matches("NOT MET: no line is lost: [0-9]+ of [0-9]+ are missing: \"", output);
        Assert.Contains("NOT MET: nobody ends with 0: it never ended", output, StringComparison.Ordinal);
        var suite = XDocument.Load(report).Root!.Element("testsuite")!;
        Assert.Equal("5", suite.Attribute("failures")!.Value);
        Assert.Contains(suite.Elements("testcase"), c => c.Element("failure") is null);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Lines_that_were_written_are_counted_where_there_is_no_destination()
    {
        string[] run = ["run", "--function", Repository.Function("python"), "--timeout", "20s", "--invoke", "1", "--event", "{\"lines\":2}"];
        Assert.Equal(ExitCode.Ok, (await RunAsync([.. run, "--expect-lines", "2"])).Code);
        Assert.Equal(ExitCode.ExpectationNotMet, (await RunAsync([.. run, "--expect-lines", "200"])).Code);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_failing_handler_fails_the_run_and_ends_it_where_that_is_wanted()
    {
        string[] run = ["run", "--function", Repository.Function("python"), "--timeout", "20s", "--invoke", "2", "--event", "{\"fail\":true}"];
        foreach (var (more, invocations) in new (string[], int)[] { ([], 2), (["--fail-on-error"], 1) })
        {
            var (code, output, _) = await RunAsync([.. run, .. more]);
            Assert.Equal(ExitCode.Failed, code);
            Assert.Contains("failed: invocation 1 ended with error: {", output, StringComparison.Ordinal);
            Assert.Equal(invocations, output.Split("responds Function.AskedToFail").Length - 1);
        }
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("""{ "responses": [ { "status": "error" } ] }""", ExitCode.Ok)]
    [InlineData("""{ "responses": [ { "status": "success" } ] }""", ExitCode.ExpectationNotMet)]
    [InlineData("""{ "lines_min": 0 }""", ExitCode.Failed)]
    public async Task A_failing_invocation_can_be_what_is_expected(string expect, int expected)
    {
        var (code, output, _) = await RunAsync(
            "run", "--scenario", Scenario($"\"steps\": [ {{ \"invoke\": {{ \"fail\": true }} }} ], \"expect\": {expect}"));
        Assert.True(expected == code, output);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Faults_of_the_platform_are_steps()
    {
        var scenario = Scenario("""
            "steps": [
              { "fault": { "runtime_done": "twice", "late_lines": ["late"] } }, { "invoke": { "lines": 1 } },
              { "fault": { } }, { "line": "from nowhere" }, { "logs_dropped": 3 }, { "flush": true }, { "freeze": "10ms" },
              { "invoke": { "lines": 1 }, "wait": false }, { "pause": "20ms" }, { "shutdown": true }
            ],
            "expect": { "lines": ["line 1 of 1", "late", "from nowhere"] }
            """);
        var (code, output, _) = await RunAsync("run", "--scenario", scenario, "--verbose");
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("platform.runtimeDone", output, StringComparison.Ordinal);
        Assert.Contains("frozen", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_crash_can_be_what_is_expected()
    {
        var scenario = Scenario("""
            "steps": [ { "invoke": { "lines": 1 } }, { "kill": "telemetry-forwarder" } ],
            "expect": { "failure": true, "exit_codes": { "telemetry-forwarder": 137 } }
            """);
        var (code, output, _) = await RunAsync("run", "--scenario", scenario);
        Assert.True(code == ExitCode.Ok, output);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("""{"steps":[{"invoke":{},"pause":"1s"}]}""", "steps[0]: expected exactly one action, got invoke and pause")]
    [InlineData("""{"steps":[{"times":2}]}""", "steps[0]: expected exactly one action, got none")]
    [InlineData("""{"steps":[{"pause":"soon"}]}""", "steps[0]: pause soon: expected a duration such as 100ms or 2s")]
    [InlineData("""{"steps":[{"fault":{"runtime_done":"gone"}}]}""", "steps[0]: fault: runtime_done gone: expected one of none, lost, twice, early, late")]
    [InlineData("""{"steps":[{"endpoint":{"status":42}}]}""", "steps[0]: endpoint: status 42: expected 100 to 599")]
    [InlineData("""{"steps":[{"shutdown":true},{"invoke":{}}]}""", "steps[0]: only pauses can follow shutdown")]
    [InlineData("{\"steps\":[\n{\"invok\":{}}]}", "line 2: steps[0].invok: invalid JSON, an unknown member, or a value of the wrong type")]
    [InlineData("{}", "a required member is missing, such as steps")]
    [InlineData("""{"steps":[],"expect":{"none_lost":true}}""", "expects requests at a destination, but none is used")]
    public async Task Mistakes_of_a_scenario_are_named(string scenario, string message)
    {
        var file = _files.Write("scenario.json", scenario);
        var (code, _, error) = await RunAsync("run", "--function", "true", "--scenario", file);
        Assert.Equal(ExitCode.BadArguments, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("LambdaLogs.", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("scenario")]
    [InlineData("run")]
    public async Task The_published_schemas_are_those_of_the_program(string name)
    {
        var (code, output, _) = await RunAsync("schema", name);
        Assert.Equal(ExitCode.Ok, code);
        var published = Path.Combine(Repository.Root, "docs", "emulator", $"{name}.schema.json");
        Assert.Equal(output, await File.ReadAllTextAsync(published, TestContext.Current.CancellationToken));
    }

    string Scenario(string members) => _files.Write("scenario.json", $$"""
        {
          "environment": {
            "function": "{{Repository.Function("python")}}", "extensions": ["{{Forwarder}}"], "timeout": "20s",
            "env": { "FORWARD_TO": "${destination}/lines" }
          },
          {{members}}
        }
        """);

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
