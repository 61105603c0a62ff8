using System.CommandLine;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The command line: what there is, and how mistakes are reported.</summary>
internal static class CommandLine
{
    // A run that is interrupted still shuts its sandbox down, which may take the runtime's and the extensions' share.
    static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Runs a command.</summary>
    /// <param name="args">As given to the program. None: the help is shown.</param>
    /// <param name="output">For results.</param>
    /// <param name="error">For what went wrong: one line each.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("A local AWS Lambda: the Runtime, Extensions and Telemetry API around a real function.")
        {
            new RunCommand(output, error).Build(),
            new DestinationCommand(output, error).Build(),
            new SchemaCommand(output).Build(),
        };
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
                await error.WriteLineAsync($"lambda-emulator: {problem.Message}");
            await error.WriteLineAsync("lambda-emulator: --help lists what there is");
            return ExitCode.BadArguments;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = EndLimit,
        });
    }
}
