using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Cli;

/// <summary>The sample tests that drive the executable, each run by its own framework.</summary>
[Collection(nameof(Alone))]
public sealed class SampleSuiteTests : IDisposable
{
    const int Patience = 600_000;

    readonly TempFiles _files = new();

    static (string, string) Emulator => ("LAMBDA_EMULATOR", Path.Combine(AppContext.BaseDirectory, "lambda-emulator"));

    public void Dispose() => _files.Dispose();

    [Fact(Timeout = Patience)]
    public async Task Pytest_passes()
    {
        var python = "";
        foreach (var candidate in (string[])["python3", "/usr/bin/python3"])
        {
            if (python == "" && (await Tool.RunAsync(candidate, ["-m", "pytest", "--version"])).Code == 0)
                python = candidate;
        }

        Assert.SkipWhen(python == "", "pytest is not installed; on Debian: sudo apt-get install python3-pytest");
        var (code, output, error) = await Tool.RunAsync(
            python, ["-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", Sample("pytest")], Emulator);
        Assert.True(code == 0, output + error);
        Assert.Contains("3 passed", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Jest_passes()
    {
        Assert.SkipWhen(Tool.Find("npm") is null, "npm is not installed: https://nodejs.org/en/download");

        // Beside the other samples, as it is in the repository, and with what npm installs for it.
        var samples = Directory.CreateDirectory(Path.Combine(_files.Root, "samples")).FullName;
        foreach (var other in (string[])["functions", "extensions", "scenarios"])
            Directory.CreateSymbolicLink(Path.Combine(samples, other), Path.Combine(Repository.Root, "samples", other));
        var jest = Directory.CreateDirectory(Path.Combine(samples, "testing", "jest")).FullName;
        foreach (var file in (string[])["package.json", "function.test.js"])
            File.Copy(Path.Combine(Sample("jest"), file), Path.Combine(jest, file));
        var (installed, _, why) = await Tool.RunAsync("npm", ["install", "--prefix", jest, "--no-audit", "--no-fund", "--loglevel=error"]);
        Assert.SkipWhen(installed != 0, $"Jest cannot be installed: {why}");
        var (code, output, error) = await Tool.RunAsync("npm", ["test", "--prefix", jest], Emulator);
        Assert.True(code == 0, output + error);
        Assert.Contains("2 passed, 2 total", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = Patience)]
    public async Task Go_test_passes()
    {
        Assert.SkipWhen(Tool.Find("go") is null, "go is not installed; on Debian: sudo apt-get install golang-go");
        var (code, output, error) = await Tool.RunAsync("/bin/sh", ["-c", $"cd '{Sample("go")}' && go test -count=1 ./..."], Emulator);
        Assert.True(code == 0, output + error);
    }

    static string Sample(string framework) => Path.Combine(Repository.Root, "samples", "testing", framework);
}
