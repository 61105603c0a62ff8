namespace LambdaLogs.Extension.Tests.Structure;

/// <summary>One table of <c>ARCHITECTURE.md</c>, found by the heading above it.</summary>
internal static class ArchitectureTable
{
    /// <summary>The rows below a heading, without the table's own head, each as its cells.</summary>
    public static IReadOnlyList<string[]> Below(string page, string heading)
    {
        var lines = page.Split('\n').SkipWhile(line => line != "## " + heading).Skip(1);
        var rows = lines.TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith('|')).Skip(2);
        return [.. rows.Select(row => row.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
    }

    /// <summary>The names between backticks of a cell.</summary>
    public static string[] Names(string cell) => [.. cell.Split('`').Where((_, index) => index % 2 == 1)];
}
