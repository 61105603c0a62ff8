using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests;

/// <summary>The emulator as it is installed: built as a release does, and run from a folder that knows nothing of the repository.</summary>
[Collection(nameof(Alone))]
public sealed class PackageTests : IDisposable
{
    const int Patience = 900_000;

    readonly TempFiles _clean = new();

    static string Output => Path.Combine(Repository.Root, "artifacts", "emulator");

    public void Dispose() => _clean.Dispose();

    [Fact(Timeout = Patience)]
    public async Task The_tool_is_installed_from_its_package_and_invokes_a_function()
    {
        await BuildAsync("tool");
        var tools = Path.Combine(_clean.Root, "tools");
        var (code, _, error) = await Tool.RunAsync(
            "dotnet", ["tool", "install", "LambdaEmulator", "--version", "0.1.0", "--tool-path", tools, "--add-source", Output], Packages);
        Assert.True(code == 0, error);
        await PlayAsync(Path.Combine(tools, "lambda-emulator"));
    }

    [Fact(Timeout = Patience)]
    public async Task The_library_runs_the_sample_tests_also_for_an_ordinary_user()
    {
        await BuildAsync("library");
        var sample = Path.Combine(_clean.Root, "sample");
        Directory.CreateDirectory(sample);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "testing", "xunit")))
            File.Copy(file, Path.Combine(sample, Path.GetFileName(file)));
        var built = Path.Combine(_clean.Root, "built");
        var (code, output, error) = await Tool.RunAsync(
            "dotnet", ["build", sample, "-o", built, "-v", "quiet", $"-p:RestoreAdditionalProjectSources={Output}"], Packages);
        Assert.True(code == 0, output + error);

        _clean.ShowToEveryone();
        foreach (var before in Users())
        {
            string[] command = [.. before, "dotnet", "exec", Path.Combine(built, "FunctionTests.dll"), "-noColor"];
            (code, output, error) = await Tool.RunAsync(command[0], command[1..], ("HOME", "/nonexistent"));
            Assert.True(code == 0, output + error);
            Assert.Contains("Total: 2, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
        }
    }

    /// <summary>Nothing of an earlier build of the same version is taken from the user's own cache.</summary>
    (string, string) Packages => ("NUGET_PACKAGES", Path.Combine(_clean.Root, "packages"));

    /// <summary>What makes a command one of this user's, and of an ordinary one where this is root.</summary>
    static IEnumerable<string[]> Users() => Environment.UserName == "root" && Tool.Find("setpriv") is not null
        ? [[], ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]]
        : [[]];

    [Fact(Timeout = Patience)]
    public async Task The_single_file_needs_no_dotnet()
    {
        var architecture = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture is System.Runtime.InteropServices.Architecture.Arm64
            ? "arm64" : "x86_64";
        await BuildAsync(architecture);
        var file = Path.Combine(_clean.Root, "lambda-emulator");
        File.Copy(Path.Combine(Output, $"lambda-emulator-linux-{architecture}"), file);
        Assert.Single(Directory.GetFiles(_clean.Root));
        await PlayAsync("/usr/bin/env", "-i", "PATH=/usr/bin:/bin", "DOTNET_ROOT=/nowhere", $"HOME={_clean.Root}", file);
    }

    static async Task BuildAsync(string kind)
    {
        var (code, output, error) = await Tool.RunAsync(Path.Combine(Repository.Root, "scripts", "emulator"), [kind]);
        Assert.True(code == 0, output + error);
    }

    static async Task PlayAsync(string program, params string[] before)
    {
        var function = Repository.Function("bash");
        var (code, output, error) = await Tool.RunAsync(
            program, [.. before, "run", "--function", function, "--timeout", "20s", "--invoke", "2", "--fail-on-error", "--expect-lines", "2"]);
        Assert.True(code == 0, output + error);
    }
}
