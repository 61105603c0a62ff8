using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using LambdaLogs.Emulator.Cli;
using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    readonly TempFiles _files = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Program => Path.Combine(AppContext.BaseDirectory, "lambda-emulator");

    public void Dispose() => _files.Dispose();

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_run_is_shown_with_a_row_per_invocation()
    {
        var (code, output, error) = await RunAsync(
            "run", "--function", Repository.Function("bash"), "--extension", Repository.BashExtension, "--timeout", "20", "--invoke", "2");

        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.Contains("== Init", output, StringComparison.Ordinal);
        Assert.Contains("| line 3 of 3", output, StringComparison.Ordinal);
        Assert.Contains("frozen", output, StringComparison.Ordinal);
        Assert.Contains("handler ms", output, StringComparison.Ordinal);
        Assert.Matches(@"\n   2  \S{36} +[\d.]+ +[\d.]+ +3  success", output);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_run_as_json_ends_with_a_summary()
    {
        var file = _files.Write("event.json", """{"lines":5,"fail":true}""", 0x1A4);
        var (code, output, _) = await RunAsync(
            "run", "--function", Repository.Function("python"), "--timeout", "20s", "--invoke", "1", "--event", file, "--json");

        Assert.Equal(ExitCode.Failed, code);
        var last = output.TrimEnd().Split('\n')[^1];
        using var summary = JsonDocument.Parse(last);
        var invocation = summary.RootElement.GetProperty("invocations")[0];
        Assert.Equal("summary", summary.RootElement.GetProperty("kind").GetString());
        Assert.Equal("Unhandled", invocation.GetProperty("function_error").GetString());
        Assert.True(invocation.GetProperty("handler_ms").GetDouble() > 0);
        Assert.True(invocation.GetProperty("lines").GetInt32() >= 5);
        Assert.All(output.TrimEnd().Split('\n'), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_extension_that_crashes_fails_the_run()
    {
        var (code, output, _) = await RunAsync(
            "run", "--function", Repository.Function("bash"), "--extension", _files.Write("crash", "#!/bin/sh\nexit 0\n"), "--invoke", "1");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("failed: crash crashed: exit code 0", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_function_that_cannot_start_fails_the_run()
    {
        var (code, output, _) = await RunAsync(
            "run", "--function", Repository.Function("bash"), "--env", "FAIL_INIT=1", "--invoke", "1", "--timeout", "20");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("failed: the sandbox did not start", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Bad_arguments_are_reported_together_and_nothing_is_started()
    {
        var (code, output, error) = await RunAsync(
            "run", "--function", "/no/such/function", "--layer", _files.Write("a.zip", "no zip"), "--extension", "/no/such/extension",
            "--env", "NOVALUE", "--memory", "3", "--timeout", "1000", "--invoke", "-1", "--event", "/no/such/event", "--port", "70000");

        Assert.Equal((ExitCode.BadArguments, ""), (code, output));
        string[] parts =
        [
            "/no/such/function", "not a zip", "/no/such/extension", "NOVALUE", "--memory", "--timeout", "--invoke", "--event", "--port",
        ];
        foreach (var part in parts)
            Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Equal(9, error.TrimEnd().Split('\n').Length);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("run")]
    [InlineData("nonsense")]
    [InlineData("run", "--function", "true", "--timeout", "soon")]
    [InlineData("run", "--function", "true", "--memory", "much")]
    [InlineData("destination", "--status", "42")]
    [InlineData("destination", "--delay", "soon")]
    [InlineData("destination", "--reset", "--hang")]
    public async Task What_cannot_be_understood_ends_with_code_2(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(ExitCode.BadArguments, code);
        Assert.StartsWith("lambda-emulator: ", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("run", "--function", "true")]
    [InlineData("destination")]
    public async Task A_port_in_use_ends_with_code_2(params string[] arguments)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var (code, _, error) = await RunAsync([.. arguments, "--port", $"{port}"]);
        Assert.Equal(ExitCode.BadArguments, code);
        Assert.Contains($"{port}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("--memory", "much", "--memory much: expected a whole number.")]
    [InlineData("--timeout", "soon", "--timeout soon: expected a duration such as 100ms or 2s.")]
    [InlineData("--log-format", "xml", "--log-format xml: expected one of Text, JSON.")]
    [InlineData("--timeout", "1000", "--timeout 1000s: expected 100ms to 900s")]
    [InlineData("--account", "12", "--account 12: expected twelve digits")]
    [InlineData("--region", "Mars", "--region Mars: expected a region such as eu-west-1")]
    [InlineData("--version", "v1", "--version v1: expected a number or $LATEST")]
    [InlineData("--event", "{x", "--event: not valid JSON: line 1, byte 2")]
    [InlineData("--template", "none.yaml", "--template none.yaml: no such file")]
    [InlineData("--extension", "/usr/bin", "/usr/bin: a directory; expected an executable file")]
    [InlineData("--junit", "/nowhere/report.xml", "--junit /nowhere/report.xml: no such directory: /nowhere")]
    [InlineData("--on-failure", "/nowhere/records", "--on-failure /nowhere/records: no such directory: /nowhere")]
    [InlineData("--env", "AWS_REGION=x", "--env AWS_REGION: reserved; Lambda sets this variable")]
    public async Task A_mistake_names_the_option_the_value_and_what_is_expected(string option, string value, string message)
    {
        var (code, _, error) = await RunAsync("run", "--function", "true", option, value);
        Assert.Equal(ExitCode.BadArguments, code);
        Assert.Equal($"lambda-emulator: {message}", error.Split('\n')[0]);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("runn: no such command; there are run, destination, schema", "runn", "--function", "true")]
    [InlineData("schema nonsense: expected scenario or run.", "schema", "nonsense")]
    public async Task A_command_that_does_not_exist_is_named_with_those_that_do(string message, params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);
        Assert.Equal(ExitCode.BadArguments, code);
        Assert.Equal($"lambda-emulator: {message}", error.Split('\n')[0]);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Without_arguments_there_is_help_in_plain_words()
    {
        var (code, output, error) = await RunAsync();
        Assert.Equal((ExitCode.Ok, ""), (code, error));
        Assert.Contains("destination", output, StringComparison.Ordinal);

        var (_, help, _) = await RunAsync("run", "--help");
        Assert.Contains("[default: 3s]", help, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", help, StringComparison.Ordinal);
        Assert.DoesNotContain("00:00", help, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_function_is_who_the_arguments_say()
    {
        var echo = _files.Write("bootstrap", """
            #!/bin/sh
            echo "$AWS_REGION $AWS_LAMBDA_FUNCTION_VERSION" >&2
            api=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation
            while head=$(curl -s -D - -o /dev/null $api/next | tr -d '\r'); do
                echo "$head" | grep -i arn >&2
                curl -s -d '{}' $api/$(echo "$head" | awk 'tolower($1)=="lambda-runtime-aws-request-id:"{print $2}')/response >/dev/null
            done
            """);
        var (_, output, _) = await RunAsync(
            "run", "--function", Path.GetDirectoryName(echo)!, "--region", "eu-west-1", "--account", "210987654321", "--version", "7",
            "--invoke", "1", "--timeout", "60s");
        Assert.Contains("| eu-west-1 7", output, StringComparison.Ordinal);
        Assert.Contains("arn:aws:lambda:eu-west-1:210987654321:function:emulated-function", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_run_that_delivers_nothing_says_why_and_what_is_written_in_shutdown_is_shown_as_that()
    {
        var extension = _files.Write("quiet", """
            #!/bin/bash
            api=http://$AWS_LAMBDA_RUNTIME_API/2020-01-01/extension
            id=$(curl -s -D - -o /dev/null -H "Lambda-Extension-Name: quiet" -d '{"events":["SHUTDOWN"]}' $api/register \
                | tr -d '\r' | awk 'tolower($1)=="lambda-extension-identifier:"{print $2}')
            curl -s -H "Lambda-Extension-Identifier: $id" $api/event/next >/dev/null
            printf 'last \033[2Jwords\n'
            """);
        var (code, output, _) = await RunAsync(
            "run", "--function", Repository.Function("bash"), "--extension", extension, "--timeout", "20", "--invoke", "1", "--event", "{\"lines\":1}");
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains("(in shutdown) | last \\x1B[2Jwords", output, StringComparison.Ordinal);
        Assert.Contains(
            "telemetry of quiet: nothing was delivered: it did not subscribe to telemetry (PUT /2022-07-01/telemetry)", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_interrupt_counts_also_where_it_was_inherited_as_ignored()
    {
        using var process = Tool.Start("/bin/sh", ["-c", $"trap '' INT; exec {Program} run --function {Repository.Function("bash")}"]);
        await ReadUntilAsync(process.StandardOutput, "frozen");
        Assert.Equal(0, Posix.Kill(process.Id, 2));
        await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(ExitCode.Ok, process.ExitCode);
    }

    [Theory]
    [InlineData("100ms", 100)]
    [InlineData("2s", 2000)]
    [InlineData("1.5", 1500)]
    [InlineData("0", 0)]
    public void Durations_can_have_a_unit(string text, double milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_interrupted_run_shuts_its_sandbox_down()
    {
        using var process = Tool.Start(
            Program, ["run", "--function", Repository.Function("bash"), "--extension", Repository.BashExtension]);
        await ReadUntilAsync(process.StandardOutput, "frozen");
        Assert.Equal(0, Posix.Kill(process.Id, 2));
        var rest = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(ExitCode.Ok, process.ExitCode);
        Assert.Contains("gets SHUTDOWN spindown", rest, StringComparison.Ordinal);
        Assert.Matches("telemetry-printer +ended with ", rest);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Nothing_outlives_an_emulator_that_is_killed()
    {
        using var process = Tool.Start(
            Program, ["run", "--function", Repository.Function("bash"), "--extension", Repository.BashExtension]);
        var seen = await ReadUntilAsync(process.StandardOutput, "frozen");
        var pids = Regex.Matches(seen, @"started process (\d+)").Select(m => int.Parse(m.Groups[1].Value)).ToList();
        Assert.Equal(2, pids.Count);

        process.Kill();
        while (pids.Any(pid => ProcStatus.State(pid) is not (' ' or 'Z')))
        {
            await Task.Yield();
            Cancel.ThrowIfCancellationRequested();
        }
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task The_destination_shows_and_counts_what_arrives()
    {
        using var process = Tool.Start(Program, ["destination", "--status", "503", "--times", "1"]);
        var first = await ReadUntilAsync(process.StandardOutput, "listening on ");
        var address = first[(first.IndexOf("http", StringComparison.Ordinal))..].Trim();
        using var http = new HttpClient();
        Assert.Equal(503, (int)(await http.PostAsync(address, new StringContent("one"), Cancel)).StatusCode);
        Assert.Equal(200, (int)(await http.PostAsync(address, new StringContent("two"), Cancel)).StatusCode);

        Assert.Equal(0, Posix.Kill(process.Id, 2));
        var output = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Contains("1. POST / text/plain; charset=utf-8 3 bytes -> 503\none\n", output, StringComparison.Ordinal);
        Assert.Contains("2 requests, 6 bytes, 1 connections", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, process.ExitCode);
    }

    static async Task<string> ReadUntilAsync(StreamReader reader, string part)
    {
        var seen = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            seen.AppendLine(line);
            if (line.Contains(part, StringComparison.Ordinal))
                return seen.ToString();
        }

        throw new InvalidOperationException($"The program ended without \"{part}\":\n{seen}");
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(arguments, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
