using System.Text.RegularExpressions;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>Holds what the pages say of variables to the settings.</summary>
public sealed partial class VariableMentionTests
{
    [Fact]
    public void Every_variable_that_is_named_is_declared()
    {
        var declared = VariableList.All.Select(variable => variable.Name).ToHashSet();

        Repository.ExpectNone(Page.All.SelectMany(page => Names().Matches(page.Text)
            .Select(name => name.Value).Where(name => !declared.Contains(name)).Distinct().Select(name => $"{page.Name}: {name}")));
    }

    [Fact]
    public void Every_block_of_variables_is_read_without_a_problem()
    {
        var blocks = Page.All.SelectMany(page => page.Fences.Where(fence => fence.Language == "env").Select(fence => (page.Name, fence.Body))).ToList();

        Assert.NotEmpty(blocks);
        Repository.ExpectNone(blocks.SelectMany(block => Problems(block.Body).Select(problem => $"{block.Name}: {problem}")));
    }

    static IEnumerable<string> Problems(string block)
    {
        // What Lambda sets itself, and an endpoint for the blocks that are about other things.
        var values = new Dictionary<string, string>
        {
            ["HTTP_ENDPOINT"] = "https://logs.example.com/ingest",
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
            ["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG",
        };
        foreach (var pair in block.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)))
        {
            if (pair.Length != 2)
                return [$"\"{pair[0]}\" is no NAME=value"];

            values[pair[0]] = IsMissingFile(pair[0], pair[1]) ? typeof(VariableMentionTests).Assembly.Location : pair[1];
        }

        _ = SettingsReader.Read(values.GetValueOrDefault, 128 << 20, out var problems);
        return problems.Select(problem => problem.ToString());
    }

    // The files of examples lie in the function's package, not here.
    static bool IsMissingFile(string name, string value) => name.StartsWith("HTTP_TLS_", StringComparison.Ordinal) && value.StartsWith('/');

    [GeneratedRegex(@"\b(?:HTTP|LOGS)_[A-Z0-9_]+\b(?!\*)")]
    private static partial Regex Names();
}
