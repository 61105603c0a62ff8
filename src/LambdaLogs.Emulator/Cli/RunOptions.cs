using System.CommandLine;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Templates;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The options of <c>lambda-emulator run</c>.</summary>
internal sealed class RunOptions
{
    readonly Option<string?> _function = OptionFactory.Text(
        "--function", "A directory with a bootstrap or, with --runtime, a handler; or a command that uses the Runtime API.", "DIR|COMMAND");

    readonly Option<string?> _template = OptionFactory.Text(
        "--template", "An AWS SAM or CloudFormation template that describes the function. Other options override it.", "FILE");

    readonly Option<string?> _resource = OptionFactory.Text(
        "--resource", "The function's logical ID, if the template has several functions.", "NAME");

    readonly Option<string?> _runtime = OptionFactory.Text(
        "--runtime", "The managed runtime that loads the handler: python, nodejs, ruby, java, dotnet or provided.", "NAME");

    readonly Option<string?> _handler = OptionFactory.Text("--handler", "The handler, such as app.handler.", "NAME");

    readonly Option<string[]> _layers = OptionFactory.Texts("--layer", "A layer: a zip file or a directory.", "ZIP|DIR");

    readonly Option<string[]> _extensions = OptionFactory.Texts("--extension", "The executable of an extension.", "PATH");

    readonly Option<string[]> _environment = OptionFactory.Texts("--env", "An environment variable of the function.", "K=V");

    readonly Option<string> _name = OptionFactory.Text("--name", "The function's name.", "NAME", "emulated-function");

    readonly Option<string> _version = OptionFactory.Text(
        "--version", "The function's version: a number or $LATEST.", "VERSION", "$LATEST");

    readonly Option<string> _region = OptionFactory.Text("--region", "The function's AWS region.", "REGION", "us-east-1");

    readonly Option<string> _account = OptionFactory.Text("--account", "The AWS account ID: twelve digits.", "ID", "123456789012");

    readonly Option<int> _memory = OptionFactory.Number("--memory", "The memory size in MB, 128 to 10240.", 128, "MB");

    readonly Option<Duration> _timeout = OptionFactory.Time("--timeout", "The function's timeout.", 3);

    readonly Option<string> _initialization = OptionFactory.Choice(
        "--initialization", "How the environment is initialized", [.. Enum.GetValues<InitializationType>().Select(t => t.WireName())]);

    readonly Option<int> _invoke = OptionFactory.Number(
        "--invoke", "How many invocations to make before the shutdown. 0: serve callers until interrupted.", 0);

    readonly Option<string?> _event = OptionFactory.Text(
        "--event", "The event: JSON, or a file that contains it. Default: {}.", "JSON|FILE");

    readonly Option<string?> _tenant = OptionFactory.Text("--tenant", "The tenant ID of the invocations, as with tenant isolation.", "ID");

    readonly Option<Duration> _freeze = OptionFactory.Time("--freeze", "How long the sandbox stays frozen between two invocations.");

    readonly Option<bool> _cpu = OptionFactory.Flag("--cpu", "Limit the CPU to the share of the memory size, as on Lambda.");

    readonly Option<int> _storage = OptionFactory.Number("--ephemeral-storage", "The size of /tmp in MB, 512 to 10240.", 512, "MB");

    readonly Option<string> _network = OptionFactory.Choice(
        "--network", "The sandbox's network: that of this machine, or only a loopback interface", "host", "none");

    readonly Option<bool> _noIsolation = OptionFactory.Flag(
        "--no-isolation", "Share files and processes with this machine instead of using Lambda's paths in own namespaces.");

    readonly Option<string> _logFormat = OptionFactory.Choice("--log-format", "The function's log format", "Text", "JSON");

    readonly Option<int> _concurrency = OptionFactory.Number(
        "--concurrency", "The largest number of environments at once; further invocations are throttled. 0: one, in which they queue.", 0);

    readonly Option<int> _asyncRetries = OptionFactory.Number(
        "--async-retries", "How often a failed asynchronous invocation is retried.", 2);

    readonly Option<Duration> _asyncRetryDelay = OptionFactory.Time(
        "--async-retry-delay", "The delay before the first retry; the second waits twice as long.", 1);

    readonly Option<string?> _onFailure = OptionFactory.Text(
        "--on-failure", "A file for the records of failed asynchronous invocations.", "FILE");

    readonly Option<int> _port = OptionFactory.Number("--port", "The port of the invoke API. 0: any free port.", 0, "PORT");

    readonly Option<bool> _json = OptionFactory.Flag("--json", "Print one JSON object per event, and a summary object at the end.");

    readonly Option<string?> _scenario = OptionFactory.Text(
        "--scenario", "Run a scenario: environment, steps, expectations. Its schema: lambda-emulator schema scenario.", "FILE");

    readonly Option<int?> _expectLines = OptionFactory.OptionalNumber(
        "--expect-lines", "Exit with code 3 if the destination (or the function, without ${destination}) has fewer log lines.", "N");

    readonly Option<bool> _failOnError = OptionFactory.Flag("--fail-on-error", "Stop the run at the first failed invocation.");

    readonly Option<int?> _ui = OptionFactory.NumberOrNothing(
        "--ui", "Serve a page that shows and controls the run on the loopback address, until interrupted. Default port: any.", "PORT");

    readonly Option<string?> _junit = OptionFactory.Text("--junit", "Write a JUnit report to this file.", "FILE");

    readonly Option<bool> _verbose = OptionFactory.Flag("--verbose", "Print platform events and telemetry deliveries too.");

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
            ? ApplyTemplate(parsed, arguments, FunctionTemplate.Read(file, parsed.GetValue(_resource)))
            : arguments;
    }

    /// <summary>Uses the template's values for options that were not given.</summary>
    RunArguments ApplyTemplate(ParseResult parsed, RunArguments given, FunctionTemplate template) => given with
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
        StopsOnError = parsed.GetValue(_failOnError),
        JunitFile = parsed.GetValue(_junit),
        PagePort = parsed.GetResult(_ui) is null ? null : parsed.GetValue(_ui) ?? 0,
        IsVerbose = parsed.GetValue(_verbose),
    };
}
