namespace LambdaLogs.Deployment.Tests.Builds;

/// <summary>Which architectures there are is said in <c>scripts/architecture</c>; whatever else lists them is compared with it.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string> Names => [.. Repository.Architectures];

    [Fact]
    public async Task This_machine_comes_first_and_is_named()
    {
        var host = await Shell.RunAsync(Repository.Path("scripts/architecture"), ["host"]);

        Assert.Equal(Repository.Architecture, host.Output.Trim());
        Assert.Equal(Repository.Architecture, Repository.Architectures[0]);
        Assert.Equal(["arm64", "x86_64"], Repository.Architectures.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("mips", "triple")]
    [InlineData("arm64", "colour")]
    [InlineData("", "")]
    public async Task What_is_not_known_ends_with_the_names_that_are(params string[] arguments)
    {
        var result = await Shell.RunAsync(Repository.Path("scripts/architecture"), arguments);

        Assert.Equal(2, result.Code);
        Assert.Empty(result.Output);
        Assert.Equal($"unknown architecture \"{arguments[0]}\"; known are x86_64 and arm64", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_has_its_make_targets(string architecture)
    {
        var target = await FieldAsync(architecture, "target");
        var makefile = Repository.Read("Makefile");

        foreach (var name in new[] { "build_", "build_lambda_", "deploy_cli_", "add_permissions_", "add_permissions_by_account_" })
            Assert.Matches($"(?m)^{name}{target}:.*##", makefile);
        Assert.Matches($"(?m)^remove_{target}_version:.*##", makefile);
        Assert.Contains($"\t@scripts/build-native {architecture}\n", makefile);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Each_is_in_the_templates_the_images_and_the_workflows(string architecture)
    {
        Assert.Matches($@"AllowedValues: \[(.*, )?{architecture}\b", Repository.Read("deploy/cloudformation/template.yaml"));
        Assert.Matches($@"contains\(\[.*""{architecture}"".*\], var\.architecture\)", Repository.Read("deploy/terraform/variables.tf"));
        Assert.Contains($"'{architecture}'", Repository.Read("deploy/cdk/lib/logs-http-destination.ts"));
        Assert.Contains($"FROM scratch AS logs-http-destination-{await FieldAsync(architecture, "docker")}\n", Repository.Read("deploy/container/Dockerfile"));
        foreach (var workflow in new[] { ".github/workflows/ci.yml", ".github/workflows/release.yml" })
            Assert.Contains($"architecture: {architecture}\n", Repository.Read(workflow));
        Assert.Contains($"`make build_lambda_{await FieldAsync(architecture, "target")}`", Repository.Read("docs/building.md"));
    }

    [Fact]
    public void No_script_lists_them_itself()
    {
        foreach (var script in Directory.GetFiles(Repository.Path("scripts")).Where(file => Path.GetFileName(file) != "architecture"))
        {
            var code = File.ReadLines(script).Where(line => !line.TrimStart().StartsWith('#'));
            Assert.DoesNotContain(code, line => line.Contains("aarch64", StringComparison.Ordinal) || line.Contains("linux-arm64", StringComparison.Ordinal));
        }
    }

    static async Task<string> FieldAsync(string architecture, string field) =>
        (await Shell.RunAsync(Repository.Path("scripts/architecture"), [architecture, field])).Output.Trim();
}
