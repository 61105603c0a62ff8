using System.Diagnostics;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Programs that a test runs.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        using var process = Start(file, arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    public static Process Start(string file, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = new OwnProcess { StartInfo = start };
        process.Start();
        return process;
    }

    /// <summary>Where a command is on the PATH, or null.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>A process that does not outlive the test: one that still runs when it is disposed is killed, with what it started.</summary>
    sealed class OwnProcess : Process
    {
        protected override void Dispose(bool disposing)
        {
            if (disposing)
                End();
            base.Dispose(disposing);
        }

        void End()
        {
            try
            {
                Kill(entireProcessTree: true);
            }
            catch (InvalidOperationException)
            {
                // It has ended, or never begun.
            }
        }
    }
}
