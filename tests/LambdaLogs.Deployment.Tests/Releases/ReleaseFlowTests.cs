using System.IO.Compression;
using System.Security.Cryptography;
using LambdaLogs.Deployment.Tests.Layers;

namespace LambdaLogs.Deployment.Tests.Releases;

/// <summary>The steps of the release workflow from the built zip to the release's page, run as they stand there, against a fake of AWS and of GitHub's program.</summary>
public sealed class ReleaseFlowTests : IDisposable
{
    const string Regions = "us-east-1 eu-west-1 ap-south-1";

    static readonly string LayerName = $"{Repository.ExtensionName}-{Repository.Architecture}";

    readonly string _folder = Directory.CreateTempSubdirectory("release-").FullName;

    [Fact]
    public async Task A_region_that_fails_keeps_none_of_the_others_and_a_repeated_run_adds_only_what_is_missing()
    {
        Prepare();
        await using var aws = new FakeLambda { IsKeeping = true, BrokenRegions = ["eu-west-1"] };
        Assert.Equal(0, (await RunAsync(aws, "Checksums, notes and files")).Code);
        var zip = Path.Combine(_folder, "release", $"{LayerName}.zip");
        var sum = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(zip, Cancel)));
        Assert.Equal($"{sum}  {LayerName}.zip\n", await File.ReadAllTextAsync(Path.Combine(_folder, "release", "SHA256SUMS"), Cancel));

        var first = await RunAsync(aws, "Publish and share, region by region");
        Assert.Equal(1, first.Code);
        Assert.EndsWith("Failed in eu-west-1.\n", first.Errors);
        // Shared right after it was published, and before the next region is begun.
        Assert.Equal(
            ["us-east-1 versions", "us-east-1 policy", "ap-south-1 versions", "ap-south-1 policy"],
            aws.Asked.Where(line => line.StartsWith("POST", StringComparison.Ordinal) && !line.Contains("eu-west-1")).Select(line => $"{line.Split(' ')[1]} {line.Split('/')[^1]}"));
        Assert.Equal(0, (await RunAsync(aws, "Write the page")).Code);
        Assert.Contains($"| us-east-1 |{Cells("us-east-1")}", Page());
        Assert.DoesNotContain("| eu-west-1 |", Page());

        aws.BrokenRegions = [];
        var asked = aws.Requests.Count;
        var second = await RunAsync(aws, "Publish and share, region by region");
        Assert.True(second.Code == 0, second.All);
        var published = aws.Asked.Skip(asked).Where(line => line.StartsWith("POST", StringComparison.Ordinal) && line.EndsWith("/versions", StringComparison.Ordinal));
        Assert.Equal([$"POST eu-west-1 /2018-10-31/layers/{LayerName}/versions"], published);
        Assert.Equal(0, (await RunAsync(aws, "Write the page")).Code);
        Assert.All(Regions.Split(' '), region => Assert.Contains($"| {region} |{Cells(region)}", Page()));

        Assert.Equal(0, (await RunAsync(aws, "Checksums, notes and files")).Code);
        var calls = await File.ReadAllLinesAsync(Path.Combine(_folder, "gh.log"), Cancel);
        Assert.Single(calls, call => call.StartsWith("release create v1.2.3-rc.1 --verify-tag --prerelease", StringComparison.Ordinal));
        Assert.Equal(2, calls.Count(call => call.StartsWith("release upload v1.2.3-rc.1 --clobber", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_image_holds_the_executables_out_of_the_released_zips_for_every_platform()
    {
        Prepare();
        // Of the other architecture there need not be a zip here; what is in it is not looked at.
        Copy(Repository.Zip, Path.Combine("release", $"{Repository.ExtensionName}-{Repository.ForeignArchitecture}.zip"));
        Program("docker", """echo "$*" >>"$ROOT/docker.log"; [ "$1" != login ] || cat >"$ROOT/password" """);
        await using var aws = new FakeLambda();

        var result = await RunAsync(aws, "Build it from the released executables, and push it");

        Assert.True(result.Code == 0, result.All);
        Assert.Equal(
            [
                "login ghcr.io --username builder --password-stdin",
                "buildx create --use",
                "buildx build --file deploy/container/Dockerfile --target logs-http-destination --platform linux/amd64,linux/arm64 --tag ghcr.io/owner/repository:1.2.3-rc.1 --push .",
            ],
            (await File.ReadAllLinesAsync(Path.Combine(_folder, "docker.log"), Cancel)).Select(line => line.Replace("linux/arm64,linux/amd64", "linux/amd64,linux/arm64")));
        Assert.Equal("s3cr3t\n", await File.ReadAllTextAsync(Path.Combine(_folder, "password"), Cancel));
        using var layer = ZipFile.OpenRead(Repository.Zip);
        var dockerfile = Repository.Read("deploy/container/Dockerfile");
        foreach (var architecture in new[] { "x86_64", "arm64" })
        {
            Assert.Contains($"COPY --chmod=0755 artifacts/{architecture}/{Repository.ExtensionName} /opt/extensions/", dockerfile);
            Assert.True(File.Exists(Path.Combine(_folder, "artifacts", architecture, Repository.ExtensionName)), architecture);
        }

        Assert.Equal(
            layer.GetEntry($"extensions/{Repository.ExtensionName}")!.Length,
            new FileInfo(Path.Combine(_folder, "artifacts", Repository.Architecture, Repository.ExtensionName)).Length);
    }

    [Fact]
    public async Task The_weekly_rebuild_releases_a_patch_where_a_part_is_newer_and_nothing_where_none_is()
    {
        Prepare(version: "1.2.3");
        foreach (var (folder, openssl) in new[] { ("released", "3.0.16"), ("new", "3.0.16") })
            List(folder, openssl);
        await using var aws = new FakeLambda();
        var idle = await RunAsync(aws, "Compare with the newest release, and release", "rebuild.yml");
        Assert.True(idle.Code == 0, idle.All);
        Assert.EndsWith("Nothing is newer.\n", idle.Output);

        Directory.Delete(Path.Combine(_folder, "old"), recursive: true);
        List("new", "3.0.17");
        var newer = await RunAsync(aws, "Compare with the newest release, and release", "rebuild.yml");
        Assert.True(newer.Code == 0, newer.All);
        Assert.Contains("<Version>1.2.4</Version>", await File.ReadAllTextAsync(Path.Combine(_folder, "Directory.Build.props"), Cancel));
        var notes = await Shell.RunAsync(Path.Combine(_folder, "scripts/changelog"), ["1.2.4"]);
        Assert.Equal("- openssl 3.0.17 (was 3.0.16)\n", notes.Output);
        Assert.Contains("workflow run release.yml --ref v1.2.4", await File.ReadAllTextAsync(Path.Combine(_folder, "gh.log"), Cancel));
        Assert.Equal(
            ["commit -am Rebuild with newer parts: 1.2.4", "tag v1.2.4", "push origin HEAD v1.2.4"],
            (await File.ReadAllLinesAsync(Path.Combine(_folder, "git.log"), Cancel)).Where(call => !call.StartsWith("config", StringComparison.Ordinal)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string Cells(string region)
    {
        var arn = $" `arn:aws:lambda:{region}:123456789012:layer:{LayerName}:1` |";
        return Repository.Architecture == "arm64" ? $"{arn}  |" : $"  |{arn}";
    }

    string Page() => File.ReadAllText(Path.Combine(_folder, "notes.md"));

    void List(string folder, string openssl)
    {
        Directory.CreateDirectory(Path.Combine(_folder, folder));
        File.WriteAllText(
            Path.Combine(_folder, folder, $"{LayerName}.cdx.json"),
            $$"""{"components":[{"name":"openssl","version":"{{openssl}}","scope":"required"},{"name":"gcc","version":"{{openssl}}","scope":"excluded"}]}""");
    }

    /// <summary>What a runner has after its first steps, and programs that keep what they are asked.</summary>
    void Prepare(string version = "1.2.3-rc.1")
    {
        foreach (var script in Directory.GetFiles(Repository.Path("scripts")))
            Copy(script, Path.Combine("scripts", Path.GetFileName(script)));
        Copy(Repository.Zip, Path.Combine("release", $"{LayerName}.zip"));
        Directory.CreateDirectory(Path.Combine(_folder, "layers"));
        File.WriteAllText(Path.Combine(_folder, "CHANGELOG.md"), "# Changelog\n\n## Unreleased\n\n- Something new.\n\n## 1.2.3\n\n- Something old.\n");
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), $"<Project>\n    <Version>{version}</Version>\n</Project>\n");
        Program("gh", """
            echo "$*" >>"$ROOT/gh.log"
            case "$1 $2" in
                "release view") [ -f "$ROOT/created" ] ;;
                "release create") touch "$ROOT/created" ;;
                "release download") cp -r "$ROOT/released" "$ROOT/old" ;;
            esac
            """);
        Program("git", """echo "$*" >>"$ROOT/git.log" """);
    }

    void Copy(string file, string target)
    {
        target = Path.Combine(_folder, target);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target, overwrite: true);
    }

    void Program(string name, string script)
    {
        var path = Path.Combine(_folder, "bin", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Shell.WriteScript(path, $"#!/usr/bin/env bash\nROOT={_folder}\n{script}\n");
    }

    /// <summary>Runs a step as GitHub's runner does, and moves its list of layers where the next job downloads it.</summary>
    async Task<Shell> RunAsync(FakeLambda aws, string step, string workflow = "release.yml")
    {
        var environment = aws.Environment.With(AwsCli.Any);
        environment["PATH"] = $"{Path.Combine(_folder, "bin")}:{environment["PATH"]}";
        foreach (var (name, value) in new[]
        {
            ("TAG", "v1.2.3-rc.1"), ("ARCHITECTURE", Repository.Architecture), ("ZIP", $"release/{LayerName}.zip"), ("ACCOUNT_ID", "*"), ("REGIONS", Regions),
            ("TOKEN", "s3cr3t"), ("ACTOR", "builder"), ("IMAGE", "ghcr.io/Owner/Repository"),
            ("GITHUB_STEP_SUMMARY", Path.Combine(_folder, "summary.md")),
        })
        {
            environment[name] = value;
        }

        var result = await Shell.RunAsync("bash", ["-e", "-c", Workflow.Script(workflow, step)], environment, _folder);
        var layers = Path.Combine(_folder, $"layers-{Repository.Architecture}.tsv");
        if (File.Exists(layers))
            File.Copy(layers, Path.Combine(_folder, "layers", Path.GetFileName(layers)), overwrite: true);
        return result;
    }
}
