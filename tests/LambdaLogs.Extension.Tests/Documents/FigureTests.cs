using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Contract.Fuzz;
using LambdaLogs.Extension.Tests.Structure;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>Figures that CONTRIBUTING.md and the README name, and that are decided elsewhere. Those of cost are compared in deploy/tests/figures.test.mjs.</summary>
public sealed partial class FigureTests
{
    static readonly string Contributing = Page.Of("CONTRIBUTING.md").Text.Replace('\n', ' ');

    static readonly string Readme = Page.Of("README.md").Text;

    [Fact]
    public void Limits_of_size_are_those_of_the_architecture()
    {
        var said = Limits().Match(Contributing);

        Assert.True(said.Success);
        Assert.Equal(
            ArchitectureTable.Below(Repository.Architecture, "Limits of size").Select(row => row[1]).Order(StringComparer.Ordinal),
            said.Groups.Values.Skip(1).Select(group => group.Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Cases_of_the_fuzzers_are_those_of_the_tests()
    {
        var said = int.Parse(Cases().Match(Contributing).Groups[1].Value.Replace(" ", ""), CultureInfo.InvariantCulture);

        Assert.All([typeof(TelemetryFuzzTests), typeof(ResponseFuzzTests)], type =>
            Assert.Equal(said, type.GetField("Cases", BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()));
    }

    [Fact]
    public void Five_minutes_of_fuzzing_are_the_script_s()
    {
        Assert.Contains("for five minutes (`FUZZ_SECONDS`)", Contributing);
        Assert.Contains("FUZZ_SECONDS=${FUZZ_SECONDS:-300}", File.ReadAllText(Repository.Folder("scripts", "fuzz")));
    }

    [Fact]
    public void The_readme_has_at_most_120_lines_and_ten_rows_of_variables()
    {
        Assert.InRange(Readme.TrimEnd('\n').Split('\n').Length, 60, 120);
        Assert.InRange(Variables().Count(Readme), 10, 10);
    }

    [GeneratedRegex(@"Files to (\d+) lines, functions to (\d+), lines to (\d+) columns, (\d+) parameters")]
    private static partial Regex Limits();

    [GeneratedRegex(@"a fixed (\d+ \d+) cases")]
    private static partial Regex Cases();

    [GeneratedRegex(@"^\| `(HTTP|LOGS)_", RegexOptions.Multiline)]
    private static partial Regex Variables();
}
