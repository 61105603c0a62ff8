using System.CommandLine;
using System.Threading.Channels;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Cli;

/// <summary><c>lambda-emulator run</c>.</summary>
internal sealed class RunCommand(TextWriter output, TextWriter error)
{
    readonly Option<string> _function = new("--function")
    {
        Required = true,
        Description = "A directory with an executable bootstrap, or a command line that speaks the Runtime API.",
        HelpName = "DIR|COMMAND",
    };

    readonly Option<string[]> _layers = new("--layer")
    {
        Description = "A layer zip with extensions/<name>. Can be given several times.",
        HelpName = "ZIP",
    };

    readonly Option<string[]> _extensions = new("--extension")
    {
        Description = "An extension's executable, run where it is. Can be given several times.",
        HelpName = "PATH",
    };

    readonly Option<string[]> _environment = new("--env") { Description = "An environment variable of the function.", HelpName = "K=V" };

    readonly Option<string> _name = new("--name") { Description = "The function's name.", DefaultValueFactory = _ => "emulated-function" };

    readonly Option<int> _memory = new("--memory")
    {
        Description = "Memory size in MB, 128 to 10240.",
        HelpName = "MB",
        DefaultValueFactory = _ => 128,
    };

    readonly Option<TimeSpan> _timeout = new("--timeout")
    {
        Description = "What an invocation may take.",
        HelpName = "S",
        CustomParser = Durations.Parse,
        DefaultValueFactory = _ => TimeSpan.FromSeconds(3),
    };

    readonly Option<int> _invoke = new("--invoke")
    {
        Description = "How often to invoke the function before the sandbox ends. 0: keep serving until interrupted.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    readonly Option<string?> _event = new("--event") { Description = "The event's JSON. Default: {}.", HelpName = "FILE" };

    readonly Option<TimeSpan> _freeze = new("--freeze")
    {
        Description = "How long the sandbox stays frozen between two invocations.",
        HelpName = "SECONDS",
        CustomParser = Durations.Parse,
        DefaultValueFactory = _ => TimeSpan.Zero,
    };

    readonly Option<LogFormat> _logFormat = new("--log-format") { Description = "Text or JSON." };

    readonly Option<int> _port = new("--port") { Description = "Port of the invoke API. 0: any.", DefaultValueFactory = _ => 0 };

    readonly Option<bool> _json = new("--json") { Description = "One JSON object per event, and a summary object last." };

    readonly Option<bool> _verbose = new("--verbose") { Description = "Show platform events and telemetry deliveries too." };

    public Command Build()
    {
        var command = new Command("run", "Runs a function with its extensions, invokes it and shows what happens.")
        {
            _function, _layers, _extensions, _environment, _name, _memory, _timeout, _invoke, _event, _freeze,
            _logFormat, _port, _json, _verbose,
        };
        command.SetAction(RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var arguments = Read(parsed);
        var problems = arguments.Problems(Environment.GetEnvironmentVariable("PATH") ?? "");
        foreach (var problem in problems)
            await error.WriteLineAsync($"lambda-emulator: {problem}");
        if (problems.Count > 0)
            return ExitCode.BadArguments;

        IRunPrinter printer = arguments.IsJson ? new JsonPrinter(output) : new TextPrinter(output, arguments.IsVerbose);
        try
        {
            await using var lambda = await EmulatedLambda.CreateAsync(arguments.ToOptions());
            printer.Begin(lambda);
            var result = await PlayAsync(lambda, arguments, printer, cancel);
            printer.End(result);
            return result.Failure is null ? ExitCode.Ok : ExitCode.Failed;
        }
        catch (IOException e)
        {
            // Only the ports can fail here: the files were looked at before.
            await error.WriteLineAsync($"lambda-emulator: {e.Message}");
            return ExitCode.BadArguments;
        }
    }

    /// <summary>Plays the run and prints beside it: a slow terminal must not slow the sandbox down, whose times are measured.</summary>
    static async Task<ScenarioResult> PlayAsync(
        EmulatedLambda lambda, RunArguments arguments, IRunPrinter printer, CancellationToken cancel)
    {
        var events = Channel.CreateUnbounded<TranscriptEvent>();
        lambda.Transcript.Watch(item => events.Writer.TryWrite(item));
        var printing = Task.Run(async () =>
        {
            await foreach (var item in events.Reader.ReadAllAsync(CancellationToken.None))
                printer.Print(item);
        });
        try
        {
            return await Scenario(arguments).RunAsync(lambda, TimeProvider.System, cancel);
        }
        finally
        {
            events.Writer.Complete();
            await printing;
        }
    }

    RunArguments Read(ParseResult parsed) => new()
    {
        Function = parsed.GetRequiredValue(_function),
        Layers = parsed.GetValue(_layers) ?? [],
        Extensions = parsed.GetValue(_extensions) ?? [],
        Environment = parsed.GetValue(_environment) ?? [],
        Name = parsed.GetRequiredValue(_name),
        MemoryMb = parsed.GetValue(_memory),
        Timeout = parsed.GetValue(_timeout),
        Invocations = parsed.GetValue(_invoke),
        EventFile = parsed.GetValue(_event),
        Freeze = parsed.GetValue(_freeze),
        LogFormat = parsed.GetValue(_logFormat),
        Port = parsed.GetValue(_port),
        IsJson = parsed.GetValue(_json),
        IsVerbose = parsed.GetValue(_verbose),
    };

    static InvokeScenario Scenario(RunArguments arguments) => new()
    {
        Invocations = arguments.Invocations,
        Pause = arguments.Freeze,
        Event = arguments.EventFile is { } file ? File.ReadAllBytes(file) : "{}"u8.ToArray(),
    };
}
