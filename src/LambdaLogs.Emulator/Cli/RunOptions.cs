using System.CommandLine;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Templates;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The options of <c>lambda-emulator run</c>.</summary>
internal sealed class RunOptions
{
    readonly Option<string?> _function = Kinds.Text(
        "--function",
        "A directory with a bootstrap or, with --runtime, a handler; or a command line that speaks the Runtime API.",
        "DIR|COMMAND");

    readonly Option<string?> _template = Kinds.Text(
        "--template", "An AWS SAM or CloudFormation template that describes the function; other options go before it.", "FILE");

    readonly Option<string?> _resource = Kinds.Text("--resource", "The function's logical name, where the template has several.", "NAME");

    readonly Option<string?> _runtime = Kinds.Text(
        "--runtime", "Loads a handler as Lambda's runtime of that name does: python, nodejs, ruby, java, dotnet or provided.", "NAME");

    readonly Option<string?> _handler = Kinds.Text("--handler", "The handler, such as app.handler.", "NAME");

    readonly Option<string[]> _layers = Kinds.Texts("--layer", "A layer: a zip or a directory.", "ZIP|DIR");

    readonly Option<string[]> _extensions = Kinds.Texts("--extension", "An extension's executable.", "PATH");

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

    readonly Option<string?> _tenant = Kinds.Text("--tenant", "The tenant of the invocations, as with tenant isolation.", "ID");

    readonly Option<Duration> _freeze = Kinds.Time("--freeze", "How long the sandbox stays frozen between two invocations.");

    readonly Option<bool> _cpu = Kinds.Flag("--cpu", "Give the processes the share of a processor that the memory size buys on Lambda.");

    readonly Option<int> _storage = Kinds.Number("--ephemeral-storage", "Size of /tmp in MB, 512 to 10240.", 512, "MB");

    readonly Option<string> _network = Kinds.Choice(
        "--network", "This machine's network, or none but a loopback interface of the sandbox's own", "host", "none");

    readonly Option<bool> _noIsolation = Kinds.Flag(
        "--no-isolation", "Share files, names and processes with this machine instead of Lambda's own /opt, /var/task and /tmp.");

    readonly Option<string> _logFormat = Kinds.Choice("--log-format", "The function's log format", "Text", "JSON");

    readonly Option<int> _concurrency = Kinds.Number(
        "--concurrency", "Environments at once; invocations beyond are throttled. 0: one, in which invocations queue.", 0);

    readonly Option<int> _asyncRetries = Kinds.Number("--async-retries", "How often a failed asynchronous invocation is made again.", 2);

    readonly Option<Duration> _asyncRetryDelay = Kinds.Time(
        "--async-retry-delay", "The wait before the first of them; the second waits twice as long.", 1);

    readonly Option<string?> _onFailure = Kinds.Text(
        "--on-failure", "A file for the records of asynchronous invocations that failed.", "FILE");

    readonly Option<int> _port = Kinds.Number("--port", "Port of the invoke API. 0: any.", 0, "PORT");

    readonly Option<bool> _json = Kinds.Flag("--json", "One JSON object per event, and a summary object last.");

    readonly Option<string?> _scenario = Kinds.Text(
        "--scenario", "Plays a scenario: environment, steps, expectations. lambda-emulator schema scenario describes the file.", "FILE");

    readonly Option<int?> _expectLines = Kinds.OptionalNumber(
        "--expect-lines", "Exit code 3 where fewer lines arrive at ${destination}, or are written where there is none.", "N");

    readonly Option<bool> _failOnError = Kinds.Flag("--fail-on-error", "End the run at the first invocation that fails.");

    readonly Option<int?> _ui = Kinds.NumberOrNothing(
        "--ui", "Serves a page to watch and to take a hand, on loopback, and runs until interrupted. Without a port: any.", "PORT");

    readonly Option<string?> _junit = Kinds.Text("--junit", "Writes a JUnit report to that file.", "FILE");

    readonly Option<bool> _verbose = Kinds.Flag("--verbose", "Show platform events and telemetry deliveries too.");

    /// <summary>Adds all options to a command, in the order in which its help lists them.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            _function, _template, _resource, _runtime, _handler, _layers, _extensions, _environment, _name,
            _version, _region, _account, _memory, _timeout, _initialization,
            _invoke, _event, _tenant, _freeze, _cpu, _storage, _network, _noIsolation, _logFormat,
            _concurrency, _asyncRetries, _asyncRetryDelay, _onFailure, _port,
            _scenario, _expectLines, _failOnError, _junit, _ui, _json, _verbose,
        ];
        foreach (var option in all)
            command.Add(option);
    }

    /// <summary>Reads the parsed options.</summary>
    public RunArguments Read(ParseResult parsed)
    {
        var arguments = ReadOptions(parsed);
        return parsed.GetValue(_template) is { } file
            ? Merge(parsed, arguments, FunctionTemplate.Read(file, parsed.GetValue(_resource)))
            : arguments;
    }

    /// <summary>Uses the template's values for options that were not given.</summary>
    RunArguments Merge(ParseResult parsed, RunArguments given, FunctionTemplate template) => given with
    {
        TemplateProblem = template.Problem,
        Function = given.Function ?? template.Directory,
        Runtime = given.Runtime ?? template.Runtime,
        Handler = given.Handler ?? template.Handler,
        Layers = [.. template.Layers, .. given.Layers],
        Environment = [.. template.Environment, .. given.Environment],
        Name = IsGiven(parsed, _name) ? given.Name : template.Name ?? given.Name,
        MemoryMb = IsGiven(parsed, _memory) ? given.MemoryMb : template.MemoryMb ?? given.MemoryMb,
        Timeout = IsGiven(parsed, _timeout) ? given.Timeout : template.Timeout ?? given.Timeout,
        EphemeralStorageMb = IsGiven(parsed, _storage) ? given.EphemeralStorageMb : template.EphemeralStorageMb ?? given.EphemeralStorageMb,
        LogFormat = !IsGiven(parsed, _logFormat) && template.LogFormat is "JSON" ? LogFormat.Json : given.LogFormat,
    };

    static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    RunArguments ReadOptions(ParseResult parsed) => new()
    {
        Function = parsed.GetValue(_function),
        Runtime = parsed.GetValue(_runtime),
        Handler = parsed.GetValue(_handler),
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
        TenantId = parsed.GetValue(_tenant),
        Freeze = parsed.GetValue(_freeze).Time,
        LimitCpu = parsed.GetValue(_cpu),
        EphemeralStorageMb = parsed.GetValue(_storage),
        Network = parsed.GetValue(_network) == "none" ? NetworkMode.None : NetworkMode.Host,
        IsIsolated = !parsed.GetValue(_noIsolation),
        LogFormat = parsed.GetValue(_logFormat) == "JSON" ? LogFormat.Json : LogFormat.Text,
        Concurrency = parsed.GetValue(_concurrency),
        AsyncRetries = parsed.GetValue(_asyncRetries),
        AsyncRetryDelay = parsed.GetValue(_asyncRetryDelay).Time,
        OnFailureFile = parsed.GetValue(_onFailure),
        Port = parsed.GetValue(_port),
        IsJson = parsed.GetValue(_json),
        ScenarioFile = parsed.GetValue(_scenario),
        ExpectLines = parsed.GetValue(_expectLines),
        EndsOnError = parsed.GetValue(_failOnError),
        JunitFile = parsed.GetValue(_junit),
        PagePort = parsed.GetResult(_ui) is null ? null : parsed.GetValue(_ui) ?? 0,
        IsVerbose = parsed.GetValue(_verbose),
    };
}
