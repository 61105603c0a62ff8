using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using LambdaLogs.Deployment.Tests.Builds;

namespace LambdaLogs.Deployment.Tests.Releases;

/// <summary>What a release brings beside the zips.</summary>
public sealed class ReleaseTests
{
    public static TheoryData<string> Names => [.. Repository.Architectures];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_SBOM_names_what_is_linked_in_and_fits_the_zip(string architecture)
    {
        Assert.SkipUnless(File.Exists(Repository.ZipOf(architecture)), $"the {architecture} layer was not built here");
        var first = await ListPartsAsync(architecture);
        using var document = JsonDocument.Parse(first);
        var parts = document.RootElement.GetProperty("components").EnumerateArray().ToList();

        Assert.Equal("CycloneDX", document.RootElement.GetProperty("bomFormat").GetString());
        Assert.Equal(Sha256(Repository.ZipOf(architecture)), Hash(document.RootElement.GetProperty("metadata").GetProperty("component")));
        Assert.Contains(parts, part => Name(part).EndsWith("ILCompiler", StringComparison.Ordinal) || Name(part).Contains("NativeAOT", StringComparison.Ordinal));
        Assert.Contains(parts, part => Name(part) == "glibc");
        var openssl = await Shell.RunAsync(Repository.Path("scripts/openssl-version"), [architecture]);
        Assert.Equal(openssl.Output.Trim(), parts.Single(part => Name(part) == "openssl").GetProperty("version").GetString());
    }

    [Fact]
    public async Task The_SBOM_of_one_build_is_always_the_same() => Assert.Equal(await ListPartsAsync(), await ListPartsAsync());

    [Fact]
    public async Task Every_part_can_be_found_by_who_reads_the_list()
    {
        using var document = JsonDocument.Parse(await ListPartsAsync());
        var parts = document.RootElement.GetProperty("components").EnumerateArray().ToList();

        Assert.All(parts, part => Assert.Matches("^pkg:(nuget|generic)/[^@]+@.+$", part.GetProperty("purl").GetString()));
        Assert.Equal(parts.Count, parts.Select(part => part.GetProperty("bom-ref").GetString()).Distinct().Count());
        var required = parts.Where(part => part.GetProperty("scope").GetString() == "required").Select(part => part.GetProperty("bom-ref").GetString());
        Assert.Equal(required, document.RootElement.GetProperty("dependencies")[0].GetProperty("dependsOn").EnumerateArray().Select(reference => reference.GetString()));
    }

    [Fact]
    public async Task The_SBOM_of_what_was_not_built_says_how_to_build_it()
    {
        using var copy = new SourceCopy("deploy/container/layers.Dockerfile");
        var result = await Shell.RunAsync(Path.Combine(copy.Root, "scripts/sbom"), [Repository.Architecture]);

        Assert.Equal(1, result.Code);
        Assert.Contains("is missing. Run: make build_lambda_", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public async Task The_notes_of_a_release_are_its_section_of_the_changelog()
    {
        // Behind a release the section of what comes next is empty.
        var newest = Regex.Match(Repository.Read("CHANGELOG.md"), @"^## (\S+).*\n\n- ", RegexOptions.Multiline).Groups[1].Value;
        var notes = await Shell.RunAsync(Repository.Path("scripts/changelog"), [newest]);

        Assert.True(notes.Code == 0, notes.All);
        Assert.StartsWith("- ", notes.Output);
        Assert.DoesNotContain("## ", notes.Output);
        Assert.Contains(notes.Output.TrimEnd(), Repository.Read("CHANGELOG.md"));
    }

    [Fact]
    public async Task A_release_that_the_changelog_does_not_know_is_refused()
    {
        var notes = await Shell.RunAsync(Repository.Path("scripts/changelog"), ["99.0.0"]);

        Assert.Equal(1, notes.Code);
        Assert.Equal("CHANGELOG.md has no section \"## 99.0.0\", or an empty one.", Assert.Single(notes.ErrorLines));
    }

    [Fact]
    public async Task A_newer_part_is_named_with_what_it_was_and_an_equal_list_says_nothing()
    {
        var list = Repository.Path("artifacts", $"{Repository.ExtensionName}-{Repository.Architecture}.cdx.json");
        var newer = Path.GetTempFileName();
        var openssl = JsonDocument.Parse(await ListPartsAsync()).RootElement.GetProperty("components").EnumerateArray().Single(part => Name(part) == "openssl").GetProperty("version").GetString()!;
        var cancel = TestContext.Current.CancellationToken;
        var other = (await File.ReadAllTextAsync(list, cancel)).Replace($"\"version\": \"{openssl}\"", "\"version\": \"9.9.9\"", StringComparison.Ordinal);
        await File.WriteAllTextAsync(newer, other, cancel);

        Assert.Equal("", (await Shell.RunAsync(Repository.Path("scripts/sbom"), ["compare", list, list])).Output);
        Assert.Equal($"- openssl 9.9.9 (was {openssl})\n", (await Shell.RunAsync(Repository.Path("scripts/sbom"), ["compare", list, newer])).Output);
        File.Delete(newer);
    }

    static async Task<string> ListPartsAsync(string? architecture = null)
    {
        architecture ??= Repository.Architecture;
        var result = await Shell.RunAsync(Repository.Path("scripts/sbom"), [architecture]);
        Assert.True(result.Code == 0, result.All);
        return await File.ReadAllTextAsync(Repository.Path("artifacts", $"{Repository.ExtensionName}-{architecture}.cdx.json"));
    }

    static string Name(JsonElement part) => part.GetProperty("name").GetString()!;

    static string? Hash(JsonElement component) => component.GetProperty("hashes")[0].GetProperty("content").GetString();

    static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
