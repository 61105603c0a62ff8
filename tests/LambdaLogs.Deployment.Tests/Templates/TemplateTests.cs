using System.Text.Json;
using System.Text.RegularExpressions;

namespace LambdaLogs.Deployment.Tests.Templates;

/// <summary>The examples in <c>deploy/</c>, by their own tools where they can be had, else by parsers.</summary>
public sealed partial class TemplateTests
{
    static readonly HashSet<string> Permitted =
        ["sts:AssumeRole", "logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "kms:Decrypt"];

    static readonly Lazy<Task<NodeProject>> Cdk = new(CompileCdkAsync);

    [Theory]
    [InlineData("destinations")]
    [InlineData("dockerfiles")]
    [InlineData("figures")]
    [InlineData("serverless")]
    [InlineData("terraform")]
    [InlineData("workflows")]
    public async Task What_the_parser_says_is_good(string tests)
    {
        var project = await NodeProject.InstallAsync("deploy/tests");
        var result = await project.RunAsync("node", ["--test", $"{tests}.test.mjs"]);

        Assert.True(result.Code == 0, result.All);
        Assert.Matches("# pass [1-9]", result.Output);
    }

    [Fact]
    public async Task The_CDK_construct_synthesises_what_it_should()
    {
        var project = await Cdk.Value;
        var result = await project.RunAsync("node", ["--test", "dist/test/logs-http-destination.test.js"]);

        Assert.True(result.Code == 0, result.All);
        Assert.Matches("# pass [1-9]", result.Output);
    }

    [Fact]
    public async Task The_CDK_example_synthesises_with_the_layer_of_this_repository()
    {
        var project = await Cdk.Value;
        var output = Path.Combine(project.Folder, "cdk.out");
        var result = await project.RunAsync("node", ["dist/bin/example.js"], new()
        {
            ["CDK_OUTDIR"] = output,
            ["CDK_CONTEXT_JSON"] = JsonSerializer.Serialize(new { endpoint = "https://logs.example.com/ingest", architecture = Repository.Architecture }),
        });

        Assert.True(result.Code == 0, result.All);
        using var template = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "LogsHttpDestinationExample.template.json"), Cancel));
        var types = template.RootElement.GetProperty("Resources").EnumerateObject().Select(resource => resource.Value.GetProperty("Type").GetString());
        Assert.Contains("AWS::Lambda::LayerVersion", types);
    }

    [Fact]
    public async Task CloudFormation_templates_have_nothing_that_their_linter_minds()
    {
        var result = await Shell.RunAsync(await CfnLint.FindAsync(), ["--", "deploy/sam/template.yaml", "deploy/cloudformation/template.yaml"]);

        Assert.True(result.Code == 0, result.All);
    }

    [Theory]
    [InlineData("deploy/sam/template.yaml")]
    [InlineData("deploy/cloudformation/template.yaml")]
    [InlineData("deploy/serverless/serverless.yml")]
    [InlineData("deploy/terraform/main.tf")]
    [InlineData("deploy/terraform/example/main.tf")]
    public void No_template_permits_more_than_the_function_and_one_secret_need(string template)
    {
        var text = Repository.Read(template);

        Assert.Subset(Permitted, Action().Matches(text).Select(match => match.Value).ToHashSet());
        Assert.DoesNotMatch(@"Resource: ['""]?\*|resources\s*=\s*\[""\*""\]", text);
    }

    [Fact]
    public async Task Terraform_files_are_as_terraform_formats_them()
    {
        var terraform = Shell.Find("terraform");
        Assert.SkipWhen(terraform is null, "terraform is not installed; its files are parsed all the same");
        var result = await Shell.RunAsync(terraform, ["fmt", "-check", "-recursive", "-diff", "deploy/terraform"], new Dictionary<string, string?> { ["CHECKPOINT_DISABLE"] = "1" });

        Assert.True(result.Code == 0, result.All);
    }

    static async Task<NodeProject> CompileCdkAsync()
    {
        var project = await NodeProject.InstallAsync("deploy/cdk");
        var compiled = await project.RunAsync("tsc", []);
        Assert.True(compiled.Code == 0, compiled.All);
        return project;
    }

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"\b(?!AWS)[a-z0-9-]+:(\*|[A-Z][A-Za-z]*\*?)(?!:)")]
    private static partial Regex Action();
}
