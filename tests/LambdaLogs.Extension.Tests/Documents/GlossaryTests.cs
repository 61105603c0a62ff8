using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Structure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>The words of docs/glossary.md are used, and those that it replaces are not.</summary>
public sealed partial class GlossaryTests
{
    const string Glossary = "docs/glossary.md";

    // History is not rewritten.
    static readonly string[] Exempt = [Glossary, "CHANGELOG.md"];

    static readonly IReadOnlyList<string[]> Rows =
    [
        .. Page.Of(Glossary).Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Trim('|').Split('|')),
    ];

    static readonly HashSet<string> Names = [.. Words(2)];

    static readonly Regex Texts = new($@"\b(?:{string.Join('|', Words(3).Select(Regex.Escape))})\b", RegexOptions.IgnoreCase);

    [Fact]
    public void The_glossary_names_words_to_leave_out()
    {
        Assert.True(Rows.All(row => row.Length == 4));
        Assert.Contains("answer", Names);
        Assert.Matches(Texts, "It answered late.");
    }

    [Theory]
    [InlineData("LambdaLogs.Extension")]
    [InlineData("LambdaLogs.Emulator")]
    public void Names_in_the_source_are_made_of_its_terms(string project) => Assert.Empty(Repository.Sources(project)
        .SelectMany(file => file.Root.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && CamelWords().Matches(token.Text).Any(word => Names.Contains(word.Value.ToLowerInvariant())))
            .Select(token => $"{file.Name}: {token.Text}"))
        .Distinct());

    [Theory]
    [InlineData("LambdaLogs.Extension")]
    [InlineData("LambdaLogs.Emulator")]
    public void Comments_and_messages_are_written_in_its_terms(string project) => Assert.Empty(Repository.Sources(project)
        .SelectMany(file => file.Lines.Select((line, index) => (file, line, index)))
        .Where(place => Texts.IsMatch(place.line))
        .Select(place => $"{place.file.Name}:{place.index + 1}: {place.line.Trim()}"));

    [Fact]
    public void Pages_are_written_in_its_terms() => Assert.Empty(Page.All.Where(page => !Exempt.Contains(page.Name))
        .SelectMany(page => page.Prose.Split('\n').Where(line => Texts.IsMatch(line)).Select(line => $"{page.Name}: {line.Trim()}")));

    static IEnumerable<string> Words(int column) =>
        Rows.SelectMany(row => row[column].Split(',')).Select(word => word.Trim()).Where(word => word.Length > 0);

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex CamelWords();
}
