using System.CommandLine;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The command line: what there is, and how mistakes are told.</summary>
internal static class CommandLine
{
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("A local AWS Lambda with the Runtime, Extensions and Telemetry API.");
        var parsed = root.Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync();

        foreach (var error in parsed.Errors)
            await Console.Error.WriteLineAsync($"lambda-emulator: {error.Message}");
        return ExitCode.BadArguments;
    }
}
