namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>The build for the other architecture where it cannot succeed: what its script says. Where it can, <c>make test</c> builds it and runs what it built.</summary>
public sealed class CrossBuildTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("cross-").FullName;

    [Theory]
    [InlineData("deploy/container/build.Dockerfile")]
    [InlineData("deploy/container/layers.Dockerfile")]
    public async Task A_feed_without_the_compiler_ends_the_build_with_one_line(string dockerfile)
    {
        using var copy = new SourceCopy(dockerfile);
        // MSBuild reads these: a feed that is an empty folder, and no packages from before.
        var result = await Shell.RunAsync(
            Path.Combine(copy.Root, "scripts/build-native"),
            [Repository.ForeignArchitecture],
            new Dictionary<string, string?>
            {
                ["RestoreSources"] = _folder,
                ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
                ["RestoreUseStaticGraphEvaluation"] = "false",
            },
            copy.Root);

        Assert.NotEqual(0, result.Code);
        var rid = (await Shell.RunAsync(Repository.Path("scripts/architecture"), [Repository.ForeignArchitecture, "rid"])).Output.Trim();
        Assert.StartsWith($"The package feed does not serve the Native AOT compiler of .NET 10 for {rid}", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [InlineData("mips")]
    [InlineData("")]
    public async Task An_architecture_that_is_none_says_which_there_are(string architecture)
    {
        var result = await Shell.RunAsync(Repository.Path("scripts/build-native"), [architecture]);

        Assert.Equal(2, result.Code);
        Assert.Equal("usage: scripts/build-native ARCHITECTURE", result.ErrorLines[^1]);
        Assert.Equal($"unknown architecture \"{architecture}\"; known are x86_64 and arm64", result.ErrorLines[0]);
    }

    [Fact]
    public async Task The_static_OpenSSL_of_this_machine_is_named_by_its_version()
    {
        var result = await Shell.RunAsync(Repository.Path("scripts/openssl-version"), [Repository.Architecture]);

        Assert.Matches(@"^[3-9]\.\d+\.\d+\n$", result.Output);
        var binary = await File.ReadAllBytesAsync(Repository.Path("artifacts", Repository.Architecture, Repository.ExtensionName), Cancel);
        Assert.True(binary.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes($"OpenSSL {result.Output.Trim()} ")) > 0, "it is the one that is linked in");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
