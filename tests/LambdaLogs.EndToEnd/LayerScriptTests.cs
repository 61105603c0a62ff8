using System.Diagnostics;
using System.Runtime.InteropServices;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>What <c>scripts/layer</c> asks of AWS, seen by an endpoint in its place.</summary>
public sealed class LayerScriptTests
{
    static readonly string Architecture = RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "x86_64";

    static readonly string LayerName = $"{Layer.ExtensionName}-{Architecture}";

    [Fact]
    public async Task Deploy_publishes_the_zip_for_its_architecture()
    {
        await using var aws = ScriptedDestination.Start();
        aws.Default = Json(201, """{"LayerVersionArn":"arn:aws:lambda:eu-west-1:123456789012:layer:x:4","Version":4}""");
        var (code, output) = await RunAsync(aws, "deploy", Architecture);

        Assert.True(code == 0, output);
        Assert.Contains("arn:aws:lambda:eu-west-1:123456789012:layer:x:4", output);
        var request = Assert.Single(aws.Requests);
        Assert.Equal($"/2018-10-31/layers/{LayerName}/versions", request.Target);
        Assert.Contains($"\"CompatibleArchitectures\": [\"{Architecture}\"]", request.Text);
    }

    [Fact]
    public async Task Share_permits_one_account_to_read_one_version()
    {
        await using var aws = ScriptedDestination.Start();
        aws.Default = Json(201, """{"Statement":"{}","RevisionId":"1"}""");
        var (code, output) = await RunAsync(aws, "share", Architecture, "4", "123456789012");

        Assert.True(code == 0, output);
        var request = Assert.Single(aws.Requests);
        Assert.Equal($"/2018-10-31/layers/{LayerName}/versions/4/policy", request.Target);
        Assert.Contains("\"Principal\": \"123456789012\"", request.Text);
        Assert.Contains("\"Action\": \"lambda:GetLayerVersion\"", request.Text);
    }

    [Fact]
    public async Task Remove_deletes_one_version_or_all()
    {
        await using var aws = ScriptedDestination.Start();
        aws.Script = head => head.Method == "GET" ? Json(200, """{"LayerVersions":[{"Version":3},{"Version":4}]}""") : Answer.WithStatus(204);
        var (code, output) = await RunAsync(aws, "remove", Architecture, "all");

        Assert.True(code == 0, output);
        Assert.Equal(
            [$"/2018-10-31/layers/{LayerName}/versions/3", $"/2018-10-31/layers/{LayerName}/versions/4"],
            aws.Requests.Where(r => r.Method == "DELETE").Select(r => r.Target));
    }

    [Theory]
    [InlineData("deploy", "mips")]
    [InlineData("share", "x86_64")]
    [InlineData("polish", "x86_64")]
    public async Task A_wrong_call_says_how_to_call_it(params string[] arguments)
    {
        await using var aws = ScriptedDestination.Start();
        var (code, output) = await RunAsync(aws, arguments);

        Assert.Equal(2, code);
        Assert.StartsWith("usage: scripts/layer deploy", output);
        Assert.Empty(aws.Requests);
    }

    static Answer Json(int status, string body) =>
        Answer.WithStatus(status).With("Content-Type", "application/json") with { Body = System.Text.Encoding.UTF8.GetBytes(body) };

    static async Task<(int Code, string Output)> RunAsync(ScriptedDestination aws, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Layer.Root, "scripts/layer"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AWS_ENDPOINT_URL"] = aws.Endpoint.ToString().TrimEnd('/'),
                ["AWS_ACCESS_KEY_ID"] = "none",
                ["AWS_SECRET_ACCESS_KEY"] = "none",
                ["AWS_DEFAULT_REGION"] = "eu-west-1",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
                ["AWS_MAX_ATTEMPTS"] = "1",
                ["AWS_PAGER"] = "",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(Scene.Cancel);
        var output = await process.StandardOutput.ReadToEndAsync(Scene.Cancel);
        await process.WaitForExitAsync(Scene.Cancel);
        return (process.ExitCode, output + await errors);
    }
}
