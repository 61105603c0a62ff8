using System.CommandLine;
using System.Net.Sockets;
using System.Threading.Channels;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Page;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary><c>lambda-emulator run</c>.</summary>
internal sealed class RunCommand(TextWriter output, TextWriter error)
{
    readonly RunOptions _options = new();

    public Command Build()
    {
        var command = new Command("run", "Runs a function with its extensions, invokes it and prints the events.");
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var plan = RunPlan.Make(_options.Read(parsed), Environment.GetEnvironmentVariable("PATH") ?? "", out var problems);
        foreach (var problem in problems)
            await error.WriteLineAsync($"lambda-emulator: {problem}");
        if (problems.Count > 0)
            return ExitCode.BadArguments;

        try
        {
            return await RunAsync(plan, cancel);
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException)
        {
            // A port or the report's file is not usable; all other files were checked before.
            await error.WriteLineAsync($"lambda-emulator: {e.Message}");
            return ExitCode.BadArguments;
        }
    }

    async Task<int> RunAsync(RunPlan plan, CancellationToken cancel)
    {
        var arguments = plan.Arguments;
        IRunPrinter printer = arguments.IsJson ? new JsonPrinter(output) : new TextPrinter(output, arguments.IsVerbose);
        await using var destination = plan.NeedsDestination ? ScriptedDestination.Start() : null;
        if (destination is not null)
            plan.Scenario?.Destination?.ApplyTo(destination);
        await using var lambda = await EmulatedLambda.CreateAsync(plan.ToOptions(destination));
        if (lambda.Shared is { } shared)
            await error.WriteLineAsync($"lambda-emulator: {shared}");
        await using var page = arguments.PagePort is { } port ? await PageServer.StartAsync(port, lambda, destination) : null;
        printer.Begin(new RunAddresses(
            lambda.InvokeEndpoint.ToString(), lambda.RuntimeApi, destination?.Endpoint.ToString(), page?.Address.ToString()));
        var result = await RunAndPrintAsync(lambda, printer, () => PlayAsync(plan, lambda, destination, cancel));
        var verdict = new RunVerdict(result, new Expectations(plan.Expect, result, destination?.Requests).Check())
        {
            Expected = plan.Expect,
        };
        printer.End(verdict);
        if (arguments.JunitFile is { } file)
            await File.WriteAllTextAsync(file, JunitReport.Of(plan.Name, verdict).ToString(), CancellationToken.None);
        return verdict.Code;
    }

    static Task<ScenarioResult> PlayAsync(
        RunPlan plan, EmulatedLambda lambda, ScriptedDestination? destination, CancellationToken cancel)
    {
        // With a page, the environment stays up until the user ends it.
        var keepsRunning = plan.Arguments.PagePort is not null;
        if (plan.Scenario is { } scenario)
        {
            var stopsOnError = plan.Arguments.StopsOnError;
            var player = new ScenarioPlayer(scenario, destination, TimeProvider.System)
            {
                KeepsRunning = keepsRunning,
                StopsOnError = stopsOnError,
            };
            return player.RunAsync(lambda, cancel);
        }

        var invocations = new InvokeScenario
        {
            Invocations = plan.Arguments.Invocations,
            Pause = plan.Arguments.Freeze,
            Event = EventText.Read(plan.Arguments.Event, out _),
            TenantId = plan.Arguments.TenantId,
            KeepsRunning = keepsRunning,
            StopsOnError = plan.Arguments.StopsOnError,
        };
        return invocations.RunAsync(lambda, TimeProvider.System, cancel);
    }

    /// <summary>Prints on another task: a slow terminal must not slow down the sandbox, whose timing is measured.</summary>
    static async Task<ScenarioResult> RunAndPrintAsync(EmulatedLambda lambda, IRunPrinter printer, Func<Task<ScenarioResult>> run)
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
            return await run();
        }
        finally
        {
            events.Writer.Complete();
            await printing;
        }
    }
}
