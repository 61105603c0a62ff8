using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Structure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
        .Where(found => Texts.IsMatch(found.line))
        .Select(found => $"{found.file.Name}:{found.index + 1}: {found.line.Trim()}"));

    [Fact]
    public void Pages_are_written_in_its_terms() => Assert.Empty(Page.All.Where(page => !Exempt.Contains(page.Name))
        .SelectMany(page => page.Prose.Split('\n').Where(line => Texts.IsMatch(line)).Select(line => $"{page.Name}: {line.Trim()}")));

    [Fact]
    public void Names_of_tests_are_made_of_its_terms()
    {
        var names = TestSources().SelectMany(file => file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Select(method => method.Identifier.Text)
            .Where(name => name.Contains('_') && IsRefused(name))
            .Select(name => $"{file.Name}: {name}"));

        Assert.Empty(names);
    }

    [Fact]
    public void Names_in_Python_are_made_of_its_terms()
    {
        var files = PythonFiles().ToList();

        Assert.Contains(files, file => file.Name == "bench/session.py");
        Assert.Contains(files, file => file.Name == "scripts/attach");
        Assert.Empty(files.SelectMany(file => Identifiers().Matches(WithoutTexts().Replace(file.Text, " "))
            .Select(match => match.Value)
            .Distinct()
            .Where(IsRefused)
            .Select(name => $"{file.Name}: {name}")));
    }

    [Fact]
    public void A_name_is_looked_at_word_by_word()
    {
        Assert.True(IsRefused("A_body_is_answered"));
        Assert.True(IsRefused("answer_registration"));
        Assert.True(IsRefused("An_attempt_is_tried_again"));
        Assert.False(IsRefused("A_response_is_read"));
        Assert.DoesNotContain("answer", WithoutTexts().Replace("x = 'answer'  # answer", " "), StringComparison.Ordinal);
    }

    // The words of both columns: a test's name is a sentence.
    static bool IsRefused(string name) =>
        CamelWords().Matches(name).Any(word => Names.Contains(word.Value.ToLowerInvariant())) || Texts.IsMatch(name.Replace('_', ' '));

    static IEnumerable<SourceFile> TestSources() => Directory.EnumerateFiles(Repository.Folder("tests"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal))
        .Select(path => new SourceFile("tests", Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path)))
        .Where(file => !file.Name.EndsWith("/GlossaryTests.cs", StringComparison.Ordinal));

    static IEnumerable<(string Name, string Text)> PythonFiles() => new[] { "bench", "scripts", "src/LambdaLogs.Emulator/Runtimes" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.Folder(folder), "*", SearchOption.AllDirectories))
        .Where(path => Path.GetExtension(path) is ".py" or "")
        .Select(path => (Name: Path.GetRelativePath(Repository.Root, path), Text: File.ReadAllText(path)))
        .Where(file => file.Name.EndsWith(".py", StringComparison.Ordinal) || file.Text.StartsWith("#!/usr/bin/env python3", StringComparison.Ordinal));

    static IEnumerable<string> Words(int column) =>
        Rows.SelectMany(row => row[column].Split(',')).Select(word => word.Trim()).Where(word => word.Length > 0);

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex CamelWords();

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Identifiers();

    // Strings and comments of Python.
    [GeneratedRegex("""
        \"{3}[\s\S]*?\"{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex WithoutTexts();
}
