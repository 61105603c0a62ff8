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
    public async Task The_tool_is_installed_from_its_package_and_plays_a_scenario()
    {
        await BuildAsync("tool");
        var (code, _, error) = await Tool.RunAsync(
            "dotnet", ["tool", "install", "LambdaEmulator", "--version", "0.1.0", "--tool-path", _clean.Root, "--add-source", Output]);
        Assert.True(code == 0, error);
        await PlayAsync(Path.Combine(_clean.Root, "lambda-emulator"));
    }

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
