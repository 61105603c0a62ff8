using System.CommandLine;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The options of <c>lambda-emulator run</c>.</summary>
internal sealed class RunOptions
{
    readonly Option<string?> _function = Kinds.Text(
        "--function", "A directory with an executable bootstrap, or a command line that speaks the Runtime API.", "DIR|COMMAND");

    readonly Option<string[]> _layers = Kinds.Texts("--layer", "A layer zip with extensions/<name>.", "ZIP");

    readonly Option<string[]> _extensions = Kinds.Texts("--extension", "An extension's executable, run where it is.", "PATH");

    readonly Option<string[]> _environment = Kinds.Texts("--env", "An environment variable of the function.", "K=V");

    readonly Option<string> _name = Kinds.Text("--name", "The function's name.", "NAME", "emulated-function");

    readonly Option<string> _version = Kinds.Text("--version", "The function's version: a number, or $LATEST.", "VERSION", "$LATEST");

    readonly Option<string> _region = Kinds.Text("--region", "The AWS region that the function believes to be in.", "REGION", "us-east-1");

    readonly Option<string> _account = Kinds.Text("--account", "The AWS account, twelve digits.", "ID", "123456789012");

    readonly Option<int> _memory = Kinds.Number("--memory", "Memory size in MB, 128 to 10240.", 128, "MB");

    readonly Option<Duration> _timeout = Kinds.Time("--timeout", "What an invocation may take.", 3);

    readonly Option<string> _initialization = Kinds.Choice(
        "--initialization", "How the environment is brought up", [.. Enum.GetValues<InitializationType>().Select(t => t.WireName())]);

    readonly Option<int> _invoke = Kinds.Number(
        "--invoke", "How often to invoke the function before the sandbox ends. 0: keep serving until interrupted.", 0);

    readonly Option<string?> _event = Kinds.Text("--event", "The event: JSON, or a file that holds it. Default: {}.", "JSON|FILE");

    readonly Option<Duration> _freeze = Kinds.Time("--freeze", "How long the sandbox stays frozen between two invocations.");

    readonly Option<string> _logFormat = Kinds.Choice("--log-format", "The function's log format", "Text", "JSON");

    readonly Option<int> _port = Kinds.Number("--port", "Port of the invoke API. 0: any.", 0, "PORT");

    readonly Option<bool> _json = Kinds.Flag("--json", "One JSON object per event, and a summary object last.");

    readonly Option<string?> _scenario = Kinds.Text(
        "--scenario", "Plays a scenario: environment, steps, expectations. lambda-emulator schema scenario describes the file.", "FILE");

    readonly Option<int?> _expectLines = Kinds.OptionalNumber(
        "--expect-lines", "Exit code 3 where fewer lines arrive at ${destination}, or are written where there is none.", "N");

    readonly Option<bool> _failOnError = Kinds.Flag("--fail-on-error", "Exit code 1 where an invocation fails.");

    readonly Option<int?> _ui = Kinds.NumberOrNothing(
        "--ui", "Serves a page to watch and to take a hand, on loopback, and runs until interrupted. Without a port: any.", "PORT");

    readonly Option<string?> _junit = Kinds.Text("--junit", "Writes a JUnit report to that file.", "FILE");

    readonly Option<bool> _verbose = Kinds.Flag("--verbose", "Show platform events and telemetry deliveries too.");

    /// <summary>Adds them all to a command, in the order of its help.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            _function, _layers, _extensions, _environment, _name, _version, _region, _account, _memory, _timeout, _initialization,
            _invoke, _event, _freeze, _logFormat, _port, _scenario, _expectLines, _failOnError, _junit, _ui, _json, _verbose,
        ];
        foreach (var option in all)
            command.Add(option);
    }

    /// <summary>What was given.</summary>
    public RunArguments Read(ParseResult parsed) => new()
    {
        Function = parsed.GetValue(_function),
        Layers = parsed.GetValue(_layers) ?? [],
        Extensions = parsed.GetValue(_extensions) ?? [],
        Environment = parsed.GetValue(_environment) ?? [],
        Name = parsed.GetValue(_name)!,
        Version = parsed.GetValue(_version)!,
        Region = parsed.GetValue(_region)!,
        Account = parsed.GetValue(_account)!,
        MemoryMb = parsed.GetValue(_memory),
        Timeout = parsed.GetValue(_timeout).Time,
        InitializationName = parsed.GetValue(_initialization)!,
        Invocations = parsed.GetValue(_invoke),
        Event = parsed.GetValue(_event),
        Freeze = parsed.GetValue(_freeze).Time,
        LogFormat = parsed.GetValue(_logFormat) == "JSON" ? LogFormat.Json : LogFormat.Text,
        Port = parsed.GetValue(_port),
        IsJson = parsed.GetValue(_json),
        ScenarioFile = parsed.GetValue(_scenario),
        ExpectLines = parsed.GetValue(_expectLines),
        FailsOnError = parsed.GetValue(_failOnError),
        JunitFile = parsed.GetValue(_junit),
        PagePort = parsed.GetResult(_ui) is null ? null : parsed.GetValue(_ui) ?? 0,
        IsVerbose = parsed.GetValue(_verbose),
    };
}
