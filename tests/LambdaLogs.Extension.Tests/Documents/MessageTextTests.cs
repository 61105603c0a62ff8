using System.Reflection;
using LambdaLogs.Extension.Tests.Structure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>
/// Walks every text that is put together in the source: none may show the name of an enum's member, of a type, or an exception's own text,
/// which is a key of the framework's resources in what ships.
/// </summary>
public sealed class MessageTextTests
{
    static readonly string[] ExceptionTexts = ["Message", "StackTrace", "Source"];

    [Fact]
    public void No_text_shows_names_of_enums_or_types_or_keys_of_resources()
    {
        var compilation = Compile();
        var found = new List<string>();
        var texts = 0;
        foreach (var tree in compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0))
        {
            var model = compilation.GetSemanticModel(tree);
            foreach (var hole in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().Select(Filled).OfType<ExpressionSyntax>())
            {
                texts++;
                if (Fault(model, hole) is { } fault)
                    found.Add($"{tree.FilePath}: {hole.Parent} shows {fault}");
            }
        }

        Assert.True(texts > 300, $"{texts} texts");
        Assert.Empty(found);
    }

    /// <summary>What is filled into a text, by a hole in it or by +.</summary>
    static ExpressionSyntax? Filled(SyntaxNode node) => node switch
    {
        InterpolationSyntax hole => hole.Expression,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: LiteralExpressionSyntax } sum => sum.Right,
        _ => null,
    };

    static string? Fault(SemanticModel model, ExpressionSyntax hole)
    {
        foreach (var part in hole.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>())
        {
            if (IsException(model.GetTypeInfo(part.Expression).Type) && ExceptionTexts.Contains(part.Name.Identifier.Text))
                return "an exception's own text";
            if (model.GetTypeInfo(part.Expression).Type is { TypeKind: TypeKind.Enum } && part.Name.Identifier.Text == "ToString")
                return "an enum's member";
            if (part.Name.Identifier.Text is "Name" or "FullName" && model.GetTypeInfo(part.Expression).Type?.ToString() == "System.Type")
                return "a type's name";
        }

        return model.GetTypeInfo(hole).Type switch
        {
            { TypeKind: TypeKind.Enum } => "an enum's member",
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
                when nullable.TypeArguments[0].TypeKind == TypeKind.Enum => "an enum's member",
            { } type when IsException(type) || type.ToString() == "System.Type" => "a type's name",
            INamedTypeSymbol type when type.ContainingNamespace?.ToString()?.StartsWith("LambdaLogs", StringComparison.Ordinal) == true && !Speaks(type) => "a type's name",
            IArrayTypeSymbol => "a type's name",
            _ => null,
        };
    }

    static bool IsException(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            // Its texts are our own.
            if (type.Name == "PlatformException")
                return false;
            if (type.ToString() == "System.Exception")
                return true;
        }

        return false;
    }

    static bool Speaks(ITypeSymbol type) => type.GetMembers("ToString").OfType<IMethodSymbol>().Any(method => method is { IsOverride: true, IsImplicitlyDeclared: false });

    static CSharpCompilation Compile()
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var usings = CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;", options);
        var trees = Directory.EnumerateFiles(Repository.Folder("src", "LambdaLogs.Extension"), "*.cs", SearchOption.AllDirectories)
            .Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, Path.GetRelativePath(Repository.Folder("src"), path)));
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':').Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        return CSharpCompilation.Create(
            "walked", trees.Append(usings), platform.Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }
}
