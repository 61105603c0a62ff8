using System.CommandLine;
using System.Threading.Channels;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary><c>lambda-emulator run</c>.</summary>
internal sealed class RunCommand(TextWriter output, TextWriter error)
{
    readonly RunOptions _options = new();

    public Command Build()
    {
        var command = new Command("run", "Runs a function with its extensions, invokes it and shows what happens.");
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var arguments = _options.Read(parsed);
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

    static InvokeScenario Scenario(RunArguments arguments) => new()
    {
        Invocations = arguments.Invocations,
        Pause = arguments.Freeze,
        Event = EventText.Read(arguments.Event, out _),
    };
}
