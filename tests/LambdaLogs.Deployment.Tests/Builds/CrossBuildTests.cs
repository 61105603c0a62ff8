namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>
/// The build for the other architecture, as far as it goes without the compiler's package of it: the script, the cross compiler and the static
/// libraries, and the line that says that the feed lacks the package.
/// </summary>
public sealed class CrossBuildTests : IDisposable
{
    static readonly bool IsArm = Repository.ForeignArchitecture == "arm64";

    static readonly string Triple = IsArm ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

    readonly string _folder = Directory.CreateTempSubdirectory("cross-").FullName;

    [Fact]
    public async Task A_feed_without_the_compiler_ends_the_build_with_one_line()
    {
        // MSBuild reads these: a feed that is an empty folder, and no packages from before.
        var result = await Shell.RunAsync("make", [IsArm ? "build_arm" : "build_x86"], new Dictionary<string, string?>
        {
            ["RestoreSources"] = _folder,
            ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages"),
            ["RestoreUseStaticGraphEvaluation"] = "false",
        });

        Assert.NotEqual(0, result.Code);
        var rid = IsArm ? "linux-arm64" : "linux-x64";
        Assert.StartsWith($"The package feed does not serve the Native AOT compiler for {rid}, neither for .NET 10 nor for .NET 9", result.ErrorLines[0]);
        Assert.StartsWith("make: ***", result.ErrorLines[1]);
        Assert.Equal(2, result.ErrorLines.Length);
    }

    [Theory]
    [InlineData("mips")]
    [InlineData("")]
    public async Task An_architecture_that_is_none_says_which_there_are(string architecture)
    {
        var result = await Shell.RunAsync(Repository.Path("scripts/build-native"), [architecture]);

        Assert.Equal(2, result.Code);
        Assert.Equal("usage: scripts/build-native x86_64|arm64\n", result.Errors);
    }

    [Fact]
    public async Task What_NET_needs_of_OpenSSL_builds_across_with_everything_that_the_own_build_has()
    {
        var compiler = Shell.Find($"{Triple}-gcc");
        Assert.SkipUnless(compiler is not null && File.Exists($"/usr/lib/{Triple}/libssl.a"), $"{Triple}-gcc or its libssl.a is not installed");
        var package = CompilerPackage();
        Assert.SkipUnless(package is not null, "the compiler's package was not restored here");

        var result = await Shell.RunAsync(
            "sh", [Path.Combine(package, "native/src/libs/build-local.sh"), package, _folder + "/", "System.Security.Cryptography.Native"],
            new Dictionary<string, string?> { ["CC"] = compiler, ["PKG_CONFIG_LIBDIR"] = $"/usr/lib/{Triple}/pkgconfig" });

        Assert.True(result.Code == 0, result.All);
        var build = Path.Combine(_folder, "libs/System.Security.Cryptography.Native/build");
        Assert.Contains("HAVE_OPENSSL_ALPN:INTERNAL=1", await File.ReadAllTextAsync(Path.Combine(build, "CMakeCache.txt"), Cancel));
        Assert.Equal(Repository.ForeignArchitecture, ElfFile.Architecture(Directory.GetFiles(build, "*.o", SearchOption.AllDirectories)[0]));
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

    static string? CompilerPackage()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");
        var compiler = Path.Combine(packages, $"runtime.{(IsArm ? "linux-x64" : "linux-arm64")}.microsoft.dotnet.ilcompiler");
        return Directory.Exists(compiler) ? Directory.GetDirectories(compiler).Order(StringComparer.Ordinal).LastOrDefault() : null;
    }
}
