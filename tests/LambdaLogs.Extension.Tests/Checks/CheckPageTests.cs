using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Fakes.Delivery;
using LambdaLogs.Extension.Tests.Settings;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Checks;

/// <summary>The page about the check shows what the check says.</summary>
public sealed partial class CheckPageTests
{
    const string Page = "docs/check.md";

    [Fact]
    public async Task The_output_on_the_page_is_that_of_a_check()
    {
        using var root = Authority.NewRoot();
        using var leaf = root.Issue("127.0.0.1", from: -9, until: -2);
        await using var server = ScriptedServer.StartTls(leaf, [], ScriptedServer.Answering(200));
        var check = await CheckScene.RunAsync(
            ("HTTP_ENDPOINT", $"https://127.0.0.1:{server.Port}/ingest"), ("HTTP_AUTH_TYPE", "bearer"), ("HTTP_AUTH_CREDENTIALS", "not-shown"));

        var page = File.ReadAllText(Repository.Folder(Page.Split('/')));
        RepositoryFile.Is(Page, Fence().Replace(page, $"$1{Normal(check.Output, server.Port).Replace("$", "$$", StringComparison.Ordinal)}$2"));
    }

    // What differs from run to run, and the defaults, of which there are many: the longest of them makes the columns.
    static string Normal(string output, int port)
    {
        var lines = output.Replace($":{port}", ":58443", StringComparison.Ordinal).Split('\n')
            .Where(line => !line.EndsWith(" default", StringComparison.Ordinal))
            .Select(line => Row().Replace(line, row => $"  {row.Groups[1].Value,-23}{row.Groups[2].Value,-39}environment"))
            .Select(line => line == "title" ? "aws-lambda-logs-http-destination 1.2.3, .NET 10.0.1, x86_64" : line);
        return Date().Replace(Clock().Replace(string.Join('\n', lines), "09:26 UTC"), "2026-03-14");
    }

    [GeneratedRegex(@"(-->\n```\n).*?(```\n)", RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^  (\S+) +(.*?) +environment$")]
    private static partial Regex Row();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d")]
    private static partial Regex Date();

    [GeneratedRegex(@"\d\d:\d\d UTC")]
    private static partial Regex Clock();
}
