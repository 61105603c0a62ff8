using System.CommandLine;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Builds the command line and reports errors in its arguments.</summary>
internal static class CommandLine
{
    // An interrupted run still shuts its sandbox down, which can take as long as the shutdown budget of the runtime and the extensions.
    static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command.</summary>
    /// <param name="args">The program's arguments. Empty: the help is shown.</param>
    /// <param name="output">Receives results.</param>
    /// <param name="error">Receives error messages, one per line.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("A local AWS Lambda: runs a function and its extensions with the Runtime, Extensions and Telemetry API.")
        {
            new RunCommand(output, error).Build(),
            new DestinationCommand(output, error).Build(),
            new SchemaCommand(output).Build(),
        };
        if (args is [var first, ..] && !first.StartsWith('-') && root.Subcommands.All(c => c.Name != first))
        {
            var names = string.Join(", ", root.Subcommands.Select(c => c.Name));
            await error.WriteLineAsync($"lambda-emulator: {first}: no such command; there are {names}");
            return ExitCode.BadArguments;
        }

        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                await error.WriteLineAsync($"lambda-emulator: {problem.Message}");
            await error.WriteLineAsync("lambda-emulator: --help lists the options");
            return ExitCode.BadArguments;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = ShutdownTimeout,
        });
    }
}
