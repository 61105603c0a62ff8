using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LambdaLogs.Extension.Tests.Structure;

/// <summary>One source file, parsed.</summary>
internal sealed class SourceFile
{
    static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    /// <param name="project">Its project, which is the root of its namespace.</param>
    /// <param name="name">Its path within the project, for example <c>Pipeline/Batch.cs</c>.</param>
    /// <param name="text">Its text.</param>
    public SourceFile(string project, string name, string text)
    {
        Project = project;
        Name = name;
        Lines = text.TrimEnd('\n').Split('\n');
        Root = CSharpSyntaxTree.ParseText(text, Options).GetCompilationUnitRoot(TestContext.Current.CancellationToken);
    }

    public string Project { get; }

    public string Name { get; }

    public IReadOnlyList<string> Lines { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>Its folder as a namespace behind the project's, for example <c>Wire</c>. Empty: at the root.</summary>
    public string Folder => (Path.GetDirectoryName(Name) ?? "").Replace('/', '.');

    /// <summary>The namespace it declares. Empty: none.</summary>
    public string Namespace => Root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    /// <summary>Types that can be seen outside of the type they are in.</summary>
    public IEnumerable<MemberDeclarationSyntax> Types => Root.DescendantNodes()
        .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
        .Cast<MemberDeclarationSyntax>()
        .Where(type => type.Parent is BaseNamespaceDeclarationSyntax || type.Modifiers.Any(IsVisible));

    /// <summary>The name of a type.</summary>
    public static string NameOf(MemberDeclarationSyntax type) =>
        type is DelegateDeclarationSyntax named ? named.Identifier.Text : ((BaseTypeDeclarationSyntax)type).Identifier.Text;

    /// <summary>Where a node begins, for a message.</summary>
    public string Place(SyntaxNode node) => $"{Project}/{Name}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";

    static bool IsVisible(SyntaxToken modifier) => modifier.IsKind(SyntaxKind.PublicKeyword) || modifier.IsKind(SyntaxKind.InternalKeyword);
}
