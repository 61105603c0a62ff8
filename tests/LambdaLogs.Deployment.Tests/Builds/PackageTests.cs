using System.IO.Compression;

namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>The zip that <c>scripts/package</c> makes.</summary>
public sealed class PackageTests : IDisposable
{
    readonly string _copy = Directory.CreateTempSubdirectory("package-").FullName;

    [Fact]
    public async Task The_same_binary_gives_the_same_zip_wherever_and_whenever()
    {
        await PackAsync(Repository.Architecture);

        Assert.Equal(await File.ReadAllBytesAsync(Repository.Zip, Cancel), await File.ReadAllBytesAsync(Packed(Repository.Architecture), Cancel));
    }

    [Theory]
    [InlineData("x86_64")]
    [InlineData("arm64")]
    public async Task The_zip_says_its_version_and_architecture(string architecture)
    {
        await PackAsync(architecture);
        var version = await Shell.RunAsync(Repository.Path("scripts/version"), []);

        using var zip = ZipFile.OpenRead(Packed(architecture));
        Assert.Equal($"{Repository.ExtensionName} {version.Output.Trim()} {architecture}", zip.Comment.TrimEnd());
        Assert.Single(zip.Entries, entry => entry.FullName == $"extensions/{Repository.ExtensionName}");
        using var notices = new StreamReader(zip.GetEntry($"{Repository.ExtensionName}/THIRD-PARTY-NOTICES.txt")!.Open());
        var text = await notices.ReadToEndAsync(Cancel);
        foreach (var licence in new[] { ".NET (runtime and libraries): MIT", "OpenSSL 3.", "the GNU C Library: LGPL-2.1-or-later", "Mozilla's list of certificate authorities: MPL-2.0" })
            Assert.Contains(licence, text);
        Assert.DoesNotContain("was not on the machine that built this", text);
    }

    [Fact]
    public async Task The_version_stands_in_one_place()
    {
        var version = (await Shell.RunAsync(Repository.Path("scripts/version"), [])).Output.Trim();

        Assert.Matches(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$", version);
        Assert.Contains($"<Version>{version}</Version>", Repository.Read("Directory.Build.props"));
    }

    public void Dispose() => Directory.Delete(_copy, recursive: true);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Packed(string architecture) => Path.Combine(_copy, "artifacts", $"{Repository.ExtensionName}-{architecture}.zip");

    /// <summary>Packs a copy of this machine's binary in another directory, a second after another date.</summary>
    async Task PackAsync(string architecture)
    {
        Directory.CreateDirectory(Path.Combine(_copy, "scripts"));
        foreach (var script in new[] { "scripts/package", "scripts/version", "Directory.Build.props", "LICENSE" })
            File.Copy(Repository.Path(script), Path.Combine(_copy, script), overwrite: true);
        var binary = Path.Combine(_copy, "artifacts", architecture, Repository.ExtensionName);
        Directory.CreateDirectory(Path.GetDirectoryName(binary)!);
        File.Copy(Repository.Path("artifacts", Repository.Architecture, Repository.ExtensionName), binary);
        const string Notices = "THIRD-PARTY-NOTICES.txt";
        File.Copy(Repository.Path("artifacts", Repository.Architecture, Notices), Path.Combine(Path.GetDirectoryName(binary)!, Notices));
        File.SetLastWriteTimeUtc(binary, new DateTime(2031, 5, 6, 7, 8, 9, DateTimeKind.Utc));

        var result = await Shell.RunAsync(Path.Combine(_copy, "scripts/package"), [architecture], new Dictionary<string, string?> { ["TZ"] = "Asia/Tokyo" });
        Assert.True(result.Code == 0, result.All);
    }
}
