namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>What <c>scripts/prerequisites</c> says where it cannot install, by distribution.</summary>
public sealed class PrerequisitesTests : IDisposable
{
    // What the script itself runs; nothing of what it looks for.
    static readonly string[] Kept = ["bash", "env", "awk", "dirname", "uname", "sort", "sed", "paste", "cat", "grep"];

    readonly string _bin = Directory.CreateTempSubdirectory("bin-").FullName;

    public static TheoryData<string> Distributions => ["debian-12", "debian-13", "ubuntu-22.04", "ubuntu-24.04", "fedora", "amzn-2023"];

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task Each_distribution_has_a_name_for_every_tool_or_a_dash(string distribution)
    {
        var names = (await Shell.RunAsync(Repository.Path("scripts/prerequisites"), ["names", distribution])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var debian = (await Shell.RunAsync(Repository.Path("scripts/prerequisites"), ["names", "debian-12"])).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(debian.Length, names.Length);
        Assert.All(names, name => Assert.Matches("^(-|[A-Za-z0-9][A-Za-z0-9.+:-]+)$", name));
        Assert.DoesNotContain("-", debian);
    }

    [Fact]
    public async Task Ubuntu_24_skips_the_tests_with_the_AWS_CLI_in_one_line_and_installs_the_rest()
    {
        var result = await RunAsync("ubuntu-24.04", "test");

        Assert.Equal(1, result.Code);
        Assert.Single(result.ErrorLines, line => line.StartsWith("Not packaged by this distribution: aws. The tests that need it are skipped.", StringComparison.Ordinal));
        var missing = Assert.Single(result.ErrorLines, line => line.StartsWith("Missing prerequisites. Run: sudo apt-get update && sudo apt-get install -y", StringComparison.Ordinal));
        Assert.DoesNotContain("awscli", missing);
        Assert.Contains(" unzip", missing);
    }

    [Fact]
    public async Task Where_the_AWS_CLI_is_needed_and_not_packaged_one_line_says_where_it_is_from()
    {
        var result = await RunAsync("ubuntu-24.04", "deploy");

        Assert.Equal(1, result.Code);
        Assert.StartsWith("The AWS CLI is missing, and this distribution does not package it: https://docs.aws.amazon.com/cli/", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [InlineData("debian-12", "sudo apt-get update && sudo apt-get install -y --no-install-recommends awscli unzip")]
    [InlineData("ubuntu-22.04", "sudo apt-get update && sudo apt-get install -y --no-install-recommends awscli unzip")]
    [InlineData("fedora", "sudo dnf install -y awscli2 unzip")]
    [InlineData("amzn-2023", "sudo dnf install -y awscli-2 unzip")]
    public async Task Where_nothing_can_be_installed_one_line_is_the_command(string distribution, string command)
    {
        var result = await RunAsync(distribution, "deploy");

        Assert.Equal(1, result.Code);
        Assert.Equal($"Missing prerequisites. Run: {command}", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [InlineData("native")]
    [InlineData("cross")]
    public async Task Without_NET_a_layer_is_built_in_a_container(string purpose)
    {
        var result = await RunAsync("debian-12", purpose == "cross" ? $"cross-{Repository.ForeignArchitecture}" : purpose);

        Assert.Equal(1, result.Code);
        var line = Assert.Single(result.ErrorLines);
        Assert.StartsWith("The .NET 10 SDK is missing: https://dotnet.microsoft.com/", line);
        Assert.EndsWith("docker build --file deploy/container/layers.Dockerfile --output artifacts .", line);
    }

    [Fact]
    public async Task What_a_distribution_cannot_build_is_built_in_a_container()
    {
        var result = await RunAsync("ubuntu-24.04", $"cross-{Repository.ForeignArchitecture}", dotnet: true);

        Assert.Equal(1, result.Code);
        Assert.Contains("does not package: other-gcc", result.ErrorLines[^1]);
        Assert.EndsWith("Build in a container, which needs neither .NET nor a compiler here: docs/building.md", result.ErrorLines[^1]);
    }

    public void Dispose() => Directory.Delete(_bin, recursive: true);

    async Task<Shell> RunAsync(string distribution, string purpose, bool dotnet = false)
    {
        // The rest of the purposes is about tools beside .NET.
        string[] all = dotnet || purpose == "test" ? [.. Kept, "dotnet"] : Kept;
        foreach (var program in all)
            File.CreateSymbolicLink(Path.Combine(_bin, program), Shell.Find(program)!);
        return await Shell.RunAsync(Repository.Path("scripts/prerequisites"), [purpose], new Dictionary<string, string?> { ["PATH"] = _bin, ["DISTRIBUTION"] = distribution });
    }
}
