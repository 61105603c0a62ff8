using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LambdaLogs.Extension.Tests.Structure;

public sealed class SizeTests
{
    static readonly List<SourceFile> Files = [.. Repository.Sources("LambdaLogs.Extension"), .. Repository.Sources("LambdaLogs.Emulator")];

    static readonly Dictionary<string, int> Limits = ArchitectureTable.Below(Repository.Architecture, "Limits of size").ToDictionary(
        row => row[0],
        row => int.Parse(row[1]));

    [Fact]
    public void Files_keep_their_limit() => Repository.ExpectNone(Files
        .Where(file => file.Lines.Count > Limits["lines of a file"])
        .Select(file => $"{file.Project}/{file.Name}: {file.Lines.Count} lines"));

    [Fact]
    public void Lines_keep_their_limit() => Repository.ExpectNone(Files.SelectMany(TooLongLines));

    [Fact]
    public void Functions_keep_their_limit() => Repository.ExpectNone(Files.SelectMany(file => Functions(file)
        .Select(function => (Place: file.Place(function), Lines: LinesOf(function)))
        .Where(function => function.Lines > Limits["lines of a function"])
        .Select(function => $"{function.Place}: {function.Lines} lines")));

    [Fact]
    public void Parameters_keep_their_limit() => Repository.ExpectNone(Files.SelectMany(file => file.Root.DescendantNodes()
        .OfType<BaseParameterListSyntax>()
        .Where(list => list.Parameters.Count > Limits["parameters"])
        .Select(list => $"{file.Place(list)}: {list.Parameters.Count} parameters")));

    [Fact]
    public void There_is_something_to_measure()
    {
        Assert.True(Files.Count > 100);
        Assert.Contains(Files.SelectMany(Functions), function => LinesOf(function) > 5);
    }

    static IEnumerable<string> TooLongLines(SourceFile file)
    {
        for (var index = 0; index < file.Lines.Count; index++)
        {
            if (file.Lines[index].Length > Limits["characters of a line"])
                yield return $"{file.Project}/{file.Name}:{index + 1}: {file.Lines[index].Length} characters";
        }
    }

    static IEnumerable<SyntaxNode> Functions(SourceFile file) =>
        file.Root.DescendantNodes().Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            or PropertyDeclarationSyntax or AnonymousFunctionExpressionSyntax);

    static int LinesOf(SyntaxNode node)
    {
        var span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }
}
