using System.Diagnostics;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Sandboxes of the samples.</summary>
internal static class Samples
{
    /// <summary>A sample function with what the tests need of time and memory. Skips the test where its language is not on this machine.</summary>
    public static SandboxOptions Options(string language) => Some.Options() with
    {
        Function = FunctionSource.Directory(Built(language)),
        MemoryMb = 512,
    };

    static string Built(string language)
    {
        var program = language switch { "python" => "python3", "dotnet" or "bash" => null, _ => language };
        Assert.SkipUnless(program is null || IsOnPath(program), $"{program} is not installed");
        return language switch
        {
            // A reference of this project puts it beside the tests.
            "dotnet" => AppContext.BaseDirectory,
            "go" => Go.Value,
            _ => Repository.Function(language),
        };
    }

    static readonly Lazy<string> Go = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("go-function-").FullName;
        using var build = Process.Start(new ProcessStartInfo("go", ["build", "-o", Path.Combine(folder, "bootstrap"), "."])
        {
            WorkingDirectory = Repository.Function("go"),
            Environment = { ["CGO_ENABLED"] = "0" },
        })!;
        build.WaitForExit();
        Assert.Equal(0, build.ExitCode);
        return folder;
    });

    static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
