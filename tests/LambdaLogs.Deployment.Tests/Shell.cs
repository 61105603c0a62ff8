using System.Diagnostics;

namespace LambdaLogs.Deployment.Tests;

/// <summary>What a program said, and its exit code.</summary>
/// <param name="Code">0 is success.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record Shell(int Code, string Output, string Errors)
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    /// <summary>Both, for the message of a failing assertion.</summary>
    public string All => $"exit code {Code}\n{Output}{Errors}";

    /// <summary>The lines of its standard error.</summary>
    public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs a program in the repository's root to its end. One that takes too long is killed, and the test fails.</summary>
    /// <param name="program">A name on the PATH, or a path.</param>
    /// <param name="arguments">As they are, no shell reads them.</param>
    /// <param name="environment">Variables to set; null removes one.</param>
    /// <param name="directory">Another directory to run in.</param>
    public static async Task<Shell> RunAsync(
        string program, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null, string? directory = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory ?? Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Make tells a make below it how deep it is: the tests see what a user sees, also where they were started by make.
        foreach (var name in (string[])["MAKEFLAGS", "MAKELEVEL", "MFLAGS"])
            start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        process.StandardInput.Close();
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, output, await errors);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>
    /// Writes an executable script. A process of its own writes it: a file that this one had open, and another thread's child with it for a moment, could not be started ("text file busy").
    /// </summary>
    /// <param name="path">Its directory exists.</param>
    /// <param name="text">With the line that names its interpreter.</param>
    public static void WriteScript(string path, string text)
    {
        using var writer = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "cat >\"$1\" && chmod 700 \"$1\"", "sh", path]) { RedirectStandardInput = true })!;
        writer.StandardInput.Write(text);
        writer.StandardInput.Close();
        writer.WaitForExit();
        Assert.Equal(0, writer.ExitCode);
    }

    /// <summary>The full path of a program. Null where it is not on the PATH.</summary>
    public static string? Find(string program) => FindAll(program).FirstOrDefault();

    /// <summary>Every program of that name on the PATH.</summary>
    public static IEnumerable<string> FindAll(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program)).Where(File.Exists);
}
