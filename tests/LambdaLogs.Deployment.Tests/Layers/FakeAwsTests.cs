using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace LambdaLogs.Deployment.Tests.Layers;

/// <summary>The walk of docs/deploying.md without an AWS account: <c>scripts/fake-aws</c> and the commands of the page, one by one.</summary>
public sealed partial class FakeAwsTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("fake-aws-").FullName;

    [Fact]
    public async Task The_commands_of_the_page_equip_a_fleet_and_take_it_back()
    {
        _ = AwsCli.Any;
        var (start, commands) = Commands();
        using var aws = await StartAsync(start);

        var said = new List<string>();
        foreach (var command in commands)
        {
            var result = await RunAsync(aws, command);
            Assert.True(result.Code == 0, $"{command}: {result.All}");
            said.Add(result.Output);
        }

        // Nine cannot be changed; functions of an architecture without a layer are skipped as well.
        var isBoth = commands.Count(command => command.Contains("deploy", StringComparison.Ordinal)) == 2;
        var most = isBoth ? "291" : "";
        var skipped = isBoth ? "9 skipped, 0 failed" : "";
        Assert.Contains($"{most} to change, 0 unchanged, {skipped}", said[^4]);
        Assert.Contains($"{most} changed, 0 unchanged, {skipped}", said[^3]);
        Assert.Contains("\n  skipped  3 functions: has 5 layers already, and Lambda takes no more\n             checkout-040, checkout-140, checkout-240\n", said[^3]);
        Assert.Contains($"{Repository.ExtensionName}-", said[^2]);
        Assert.Contains("https://logs.example.com/ingest", said[^2]);
        Assert.Contains($"{most} changed, ", said[^1]);

        // What detach took away, its log brings back; what attach did, its log takes away.
        var logs = said.Select(text => Undo().Match(text)).Where(match => match.Success).Select(match => match.Value).Reverse().ToArray();
        Assert.Equal(2, logs.Length);
        foreach (var undo in logs)
            Assert.Contains($"{most} changed, 0 unchanged, 0 skipped, 0 failed\n", (await RunAsync(aws, undo)).All);
        var left = await RunAsync(aws, "aws lambda get-function-configuration --region eu-west-1 --function-name orders-001");
        Assert.DoesNotContain("HTTP_ENDPOINT", left.Output);
        Assert.DoesNotContain(Repository.ExtensionName, left.Output);
        Assert.Contains("LambdaInsightsExtension", left.Output);
    }

    [Fact]
    public async Task Before_a_layer_is_published_nothing_is_attached_and_the_table_says_why()
    {
        using var aws = await StartAsync("make fake_aws COUNT=3");

        var result = await RunAsync(aws, "make attach REGION=eu-west-1 ALL=yes");

        Assert.Contains("\n0 changed, 0 unchanged, 3 skipped, 0 failed\n  skipped  3 functions: there is no layer for x86_64; make deploy_cli_x86 publishes one\n", result.Output);
    }

    [Fact]
    public async Task Where_make_is_ended_it_ends_too()
    {
        using var aws = await StartAsync("make fake_aws COUNT=3");
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(aws.Address, TestContext.Current.CancellationToken)).StatusCode);

        await Shell.RunAsync("kill", [$"{aws.Id}"]);

        await aws.WaitForEndAsync();
        using var other = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => other.GetAsync(aws.Address, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("0 0", "COUNT is \"0\"; it has to be a number from 1 to 10000\n")]
    [InlineData("3 x", "PORT is \"x\"; it has to be a number from 0 to 65535\n")]
    [InlineData("1 2 3", "Usage: scripts/fake-aws [COUNT] [PORT]")]
    public async Task What_is_wrong_is_said(string arguments, string message)
    {
        var result = await Shell.RunAsync(Repository.Path("scripts/fake-aws"), arguments.Split(' '));

        Assert.Equal(1, result.Code);
        Assert.StartsWith(message, result.Errors);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The command of the page's first block, and those of the second without the variables that lead there.</summary>
    static (string Start, List<string> Commands) Commands()
    {
        var section = Repository.Read("docs/deploying.md").Split("### Try it without an AWS account")[1].Split("\n### ")[0];
        string[][] blocks = [.. section.Split("```\n").Where((_, index) => index % 2 == 1).Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries))];
        Assert.Equal(2, blocks.Length);
        Assert.StartsWith("export AWS_ENDPOINT_URL=http://127.0.0.1:4588 ", blocks[1][0]);
        return (Assert.Single(blocks[0]), [.. blocks[1].Skip(1).Select(OfForeign).OfType<string>()]);
    }

    // A layer for the other architecture is published as it was built before the tests: to build one here takes minutes, and tools that may be missing.
    static string? OfForeign(string command)
    {
        var other = Repository.ForeignArchitecture;
        if (!command.StartsWith($"make deploy_cli_{(other == "arm64" ? "arm" : "x86")} ", StringComparison.Ordinal))
            return command;

        return File.Exists(Repository.Path($"artifacts/{Repository.ExtensionName}-{other}.zip")) ? $"REGION=eu-west-1 scripts/layer deploy {other}" : null;
    }

    Task<Shell> RunAsync(Server aws, string command) => Shell.RunAsync("bash", ["-c", command], new Dictionary<string, string?>
    {
        ["LOG"] = $"{_folder}/{Guid.NewGuid():N}.jsonl",
        ["AWS_ENDPOINT_URL"] = aws.Address,
        ["AWS_ACCESS_KEY_ID"] = "none",
        ["AWS_SECRET_ACCESS_KEY"] = "none",
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_CONFIG_FILE"] = "/dev/null",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
        ["AWS_PAGER"] = "",
    });

    static async Task<Server> StartAsync(string command)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec {command} PORT=0"]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        foreach (var name in (string[])["MAKEFLAGS", "MAKELEVEL", "MFLAGS"])
            start.Environment.Remove(name);
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Address().Match(line) is { Success: true } address)
                return new(process, address.Value);
        }

        process.Dispose();
        throw new InvalidOperationException($"{command} ended without an address");
    }

    sealed class Server(Process process, string address) : IDisposable
    {
        public string Address => address;

        public int Id => process.Id;

        /// <summary>The end of all that writes to its output: make waits for what it has started.</summary>
        public async Task WaitForEndAsync()
        {
            await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        }

        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+")]
    private static partial Regex Address();

    [GeneratedRegex("scripts/attach undo .*")]
    private static partial Regex Undo();
}
