using System.Text.Json;

namespace LambdaLogs.Deployment.Tests.Layers;

/// <summary>What the make targets ask of AWS, request by request, by every AWS CLI of this machine.</summary>
public sealed class LayerScriptTests
{
    static readonly string Short = Repository.Architecture == "arm64" ? "arm" : "x86";

    static readonly string LayerName = $"{Repository.ExtensionName}-{Repository.Architecture}";

    public static TheoryData<string> Clis => AwsCli.All;

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Deploy_publishes_the_zip_for_its_architecture_and_prints_the_arn(string cli)
    {
        await using var lambda = new FakeLambda();
        var result = await MakeAsync(lambda, cli, $"deploy_cli_{Short}", "REGION=eu-west-1");

        Assert.True(result.Code == 0, result.All);
        Assert.EndsWith($"arn:aws:lambda:eu-west-1:123456789012:layer:{LayerName}:5\n", result.Output);
        Assert.Equal([$"POST eu-west-1 /2018-10-31/layers/{LayerName}/versions"], lambda.Asked);
        var body = FakeLambda.Body(lambda.Requests[0]);
        Assert.Equal([Repository.Architecture], Strings(body.GetProperty("CompatibleArchitectures")));
        Assert.Contains("provided.al2023", Strings(body.GetProperty("CompatibleRuntimes")));
        Assert.InRange(Strings(body.GetProperty("CompatibleRuntimes")).Length, 1, 15);
        Assert.EndsWith(Repository.Architecture, body.GetProperty("Description").GetString());
        Assert.Equal(await File.ReadAllBytesAsync(Repository.Zip, Cancel), body.GetProperty("Content").GetProperty("ZipFile").GetBytesFromBase64());
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Deploy_goes_to_several_regions_under_another_name(string cli)
    {
        await using var lambda = new FakeLambda();
        var result = await MakeAsync(lambda, cli, $"deploy_cli_{Short}", "REGIONS=eu-west-1,us-gov-west-1", "LAYER_NAME=logs");

        Assert.True(result.Code == 0, result.All);
        Assert.Equal(["eu-west-1", "us-gov-west-1"], lambda.Asked.Select(line => line.Split(' ')[1]));
        Assert.All(lambda.Requests, request => Assert.Equal($"/2018-10-31/layers/logs-{Repository.Architecture}/versions", request.Target));
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task A_region_that_refuses_does_not_hide_the_others(string cli)
    {
        await using var lambda = new FakeLambda { BrokenRegions = ["eu-west-1"] };
        var result = await ScriptAsync(lambda, cli, ["deploy", Repository.Architecture], ("REGIONS", "eu-west-1 us-east-1"));

        Assert.Equal(1, result.Code);
        Assert.Contains("arn:aws:lambda:us-east-1:", result.Output);
        Assert.Equal(2, result.ErrorLines.Length);
        Assert.StartsWith("eu-west-1: An error occurred (AccessDeniedException)", result.ErrorLines[0]);
        Assert.Equal("Failed in eu-west-1.", result.ErrorLines[1]);
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Permissions_of_an_organization_are_for_the_newest_version_of_each_region(string cli)
    {
        await using var lambda = new FakeLambda();
        var result = await MakeAsync(lambda, cli, "add_permissions_x86", "REGION=eu-west-1", "ORG_ID=o-a1b2c3d4e5");

        Assert.True(result.Code == 0, result.All);
        Assert.Equal(
            [$"GET eu-west-1 /2018-10-31/layers/{Repository.ExtensionName}-x86_64/versions", $"POST eu-west-1 /2018-10-31/layers/{Repository.ExtensionName}-x86_64/versions/4/policy"],
            lambda.Asked);
        var body = FakeLambda.Body(lambda.Requests[1]);
        Assert.Equal("lambda:GetLayerVersion", body.GetProperty("Action").GetString());
        Assert.Equal("*", body.GetProperty("Principal").GetString());
        Assert.Equal("o-a1b2c3d4e5", body.GetProperty("OrganizationId").GetString());
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Permissions_of_an_account_can_be_for_one_version(string cli)
    {
        await using var lambda = new FakeLambda();
        var result = await MakeAsync(lambda, cli, "add_permissions_by_account_arm", "REGION=eu-west-1", "ACCOUNT_ID=210987654321", "VERSION=3");

        Assert.True(result.Code == 0, result.All);
        Assert.Equal([$"POST eu-west-1 /2018-10-31/layers/{Repository.ExtensionName}-arm64/versions/3/policy"], lambda.Asked);
        var body = FakeLambda.Body(lambda.Requests[0]);
        Assert.Equal("210987654321", body.GetProperty("Principal").GetString());
        Assert.Equal("account-210987654321", body.GetProperty("StatementId").GetString());
        Assert.False(body.TryGetProperty("OrganizationId", out _));
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Sharing_twice_is_no_error(string cli)
    {
        await using var lambda = new FakeLambda { IsShared = true };
        var result = await MakeAsync(lambda, cli, "add_permissions_by_account_x86", "REGION=eu-west-1", "ACCOUNT_ID=*", "VERSION=3");

        Assert.True(result.Code == 0, result.All);
        Assert.Contains("everyone may use", result.Output);
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Sharing_a_layer_without_versions_says_so(string cli)
    {
        await using var lambda = new FakeLambda { Versions = [] };
        var result = await MakeAsync(lambda, cli, "add_permissions_arm", "REGION=eu-west-1", "ORG_ID=o-a1b2c3d4e5");

        Assert.NotEqual(0, result.Code);
        Assert.Equal($"eu-west-1: there is no version of the layer {Repository.ExtensionName}-arm64", result.ErrorLines[0]);
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Remove_deletes_one_version_or_all(string cli)
    {
        await using var lambda = new FakeLambda();
        var one = await MakeAsync(lambda, cli, "remove_arm_version", "REGION=eu-west-1", "VERSION=3");
        var all = await MakeAsync(lambda, cli, "remove_x86_version", "REGION=eu-west-1", "VERSION=all");

        Assert.True(one.Code == 0, one.All);
        Assert.True(all.Code == 0, all.All);
        const string Path = $"/2018-10-31/layers/{Repository.ExtensionName}";
        Assert.Equal(
            [$"DELETE eu-west-1 {Path}-arm64/versions/3", $"DELETE eu-west-1 {Path}-x86_64/versions/4", $"DELETE eu-west-1 {Path}-x86_64/versions/3"],
            lambda.Asked.Where(line => line.StartsWith("DELETE", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Clis))]
    public async Task Missing_credentials_are_one_line_that_says_what_to_do(string cli)
    {
        await using var lambda = new FakeLambda();
        var result = await ScriptAsync(
            lambda, cli, ["deploy", Repository.Architecture], ("REGION", "eu-west-1"), ("AWS_ACCESS_KEY_ID", null), ("AWS_SECRET_ACCESS_KEY", null));

        Assert.Equal(1, result.Code);
        Assert.Equal(
            "eu-west-1: there are no AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run: aws configure", result.ErrorLines[0]);
        Assert.Empty(lambda.Requests);
    }

    [Theory]
    [InlineData("deploy_cli_x86", "", "REGION is missing: say which, for example REGION=eu-west-1")]
    [InlineData("deploy_cli_arm", "REGION=europe", "\"europe\" is no AWS region")]
    [InlineData("add_permissions_x86", "REGION=eu-west-1", "ORG_ID is missing")]
    [InlineData("add_permissions_arm", "ORG_ID=1234", "ORG_ID is \"1234\"; it has to be the id of an AWS organization")]
    [InlineData("add_permissions_by_account_x86", "REGION=eu-west-1", "ACCOUNT_ID is missing")]
    [InlineData("add_permissions_by_account_arm", "ACCOUNT_ID=me", "ACCOUNT_ID is \"me\"; it has to be 12 digits")]
    [InlineData("remove_x86_version", "REGION=eu-west-1", "VERSION is missing")]
    [InlineData("remove_arm_version", "VERSION=two", "VERSION is \"two\"; it has to be the number of a layer version")]
    public async Task What_is_missing_or_wrong_is_one_line_and_nothing_is_asked(string target, string variable, string message)
    {
        await using var lambda = new FakeLambda();
        var result = await MakeAsync(lambda, AwsCli.Any, target, variable);

        Assert.NotEqual(0, result.Code);
        Assert.StartsWith(message, result.ErrorLines[0]);
        Assert.StartsWith("make: ***", result.ErrorLines[1]);
        Assert.Equal(2, result.ErrorLines.Length);
        Assert.Empty(result.Output);
        Assert.Empty(lambda.Requests);
    }

    [Fact]
    public async Task The_layer_of_the_other_architecture_is_published_for_it()
    {
        var zip = Repository.ZipOf(Repository.ForeignArchitecture);
        Assert.SkipUnless(File.Exists(zip), $"the {Repository.ForeignArchitecture} layer was not built here");
        await using var lambda = new FakeLambda();
        var result = await ScriptAsync(lambda, AwsCli.Any, ["deploy", Repository.ForeignArchitecture], ("REGION", "eu-west-1"));

        Assert.True(result.Code == 0, result.All);
        var body = FakeLambda.Body(lambda.Requests[0]);
        Assert.Equal([Repository.ForeignArchitecture], Strings(body.GetProperty("CompatibleArchitectures")));
        Assert.EndsWith(Repository.ForeignArchitecture, body.GetProperty("Description").GetString());
        Assert.Equal(await File.ReadAllBytesAsync(zip, Cancel), body.GetProperty("Content").GetProperty("ZipFile").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_zip_of_the_other_architecture_is_refused()
    {
        await using var lambda = new FakeLambda();
        var result = await ScriptAsync(
            lambda, AwsCli.Any, ["deploy", Repository.ForeignArchitecture], ("REGION", "eu-west-1"), ("ZIP", Repository.Zip));

        Assert.Equal(1, result.Code);
        Assert.Contains($"holds an extension for {Repository.Architecture}, which does not start in a function of architecture {Repository.ForeignArchitecture}", result.Errors);
        Assert.Empty(lambda.Requests);
    }

    [Fact]
    public async Task A_zip_that_is_not_there_says_how_to_build_it()
    {
        await using var lambda = new FakeLambda();
        var result = await ScriptAsync(lambda, AwsCli.Any, ["deploy", "arm64"], ("REGION", "eu-west-1"), ("ZIP", "artifacts/none.zip"));

        Assert.Equal(1, result.Code);
        Assert.Equal("artifacts/none.zip is missing. Run: make build_lambda_arm", result.ErrorLines[0]);
    }

    [Theory]
    [InlineData("deploy", "mips")]
    [InlineData("polish", "x86_64")]
    [InlineData("check", "polish", "x86_64")]
    public async Task A_wrong_call_says_how_to_call_it(params string[] arguments)
    {
        await using var lambda = new FakeLambda();
        var result = await ScriptAsync(lambda, AwsCli.Any, arguments);

        Assert.Equal(2, result.Code);
        Assert.StartsWith("usage: scripts/layer check", result.Errors);
        Assert.Empty(lambda.Requests);
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    static Task<Shell> MakeAsync(FakeLambda lambda, string cli, params string[] arguments) =>
        Shell.RunAsync("make", [.. arguments.Where(argument => argument.Length > 0)], lambda.Environment.With(cli));

    static Task<Shell> ScriptAsync(FakeLambda lambda, string cli, string[] arguments, params (string Name, string? Value)[] variables)
    {
        var environment = lambda.Environment.With(cli);
        foreach (var (name, value) in variables)
            environment[name] = value;
        return Shell.RunAsync(Repository.Path("scripts/layer"), arguments, environment);
    }
}
