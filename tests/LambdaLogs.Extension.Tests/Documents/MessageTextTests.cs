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
    static readonly List<PortableExecutableReference> Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(':')
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path)),
    ];

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
            foreach (var hole in tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().SelectMany(node => Filled(model, node)))
            {
                texts++;
                if (Fault(model, hole) is { } fault)
                    found.Add($"{tree.FilePath}: {hole.Parent} shows {fault}");
            }
        }

        Assert.True(texts > 600, $"{texts} texts");
        Repository.ExpectNone(found);
    }

    [Theory]
    [InlineData("$\"it is {LogStream.Error}\"")]
    [InlineData("\"it is \" + 1 + LogStream.Error")]
    [InlineData("LogStream.Error + \" it is\"")]
    [InlineData("string.Format(\"it is {0}\", LogStream.Error)")]
    [InlineData("string.Concat(\"it is \", LogStream.Error)")]
    [InlineData("string.Join(\", \", new[] { LogStream.Error })")]
    [InlineData("string.Join(\", \", new List<LogStream>())")]
    [InlineData("new System.Text.StringBuilder().Append(\"it is \").Append(LogStream.Error).ToString()")]
    [InlineData("new System.Text.StringBuilder().AppendFormat(\"it is {0}\", LogStream.Error).ToString()")]
    [InlineData("LogStream.Error.ToString()")]
    [InlineData("Enum.GetName(LogStream.Error)")]
    [InlineData("new Exception().Message")]
    [InlineData("$\"it is {new Exception()}\"")]
    [InlineData("typeof(int).Name")]
    [InlineData("\"it is \" + nameof(LogStream.Error)")]
    [InlineData("string.Concat(\"it is \", new int[1])")]
    public void Each_way_to_put_a_text_together_is_looked_at(string expression)
    {
        var compilation = Compile($"enum LogStream {{ Error }} class Sample {{ string? Text() => {expression}; }}");
        var tree = compilation.SyntaxTrees[0];
        var model = compilation.GetSemanticModel(tree);

        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        Assert.Contains(
            tree.GetRoot(TestContext.Current.CancellationToken).DescendantNodes().SelectMany(node => Filled(model, node)), hole => Fault(model, hole) is not null);
    }

    /// <summary>What becomes a text or a part of one: by a hole in it, by +, by a method of strings or of a builder, or by itself.</summary>
    static IEnumerable<ExpressionSyntax> Filled(SemanticModel model, SyntaxNode node) => node switch
    {
        InterpolationSyntax hole => [hole.Expression],
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when IsString(model, sum) => [sum.Left, sum.Right],
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } sum when IsString(model, sum) => [sum.Right],
        InvocationExpressionSyntax call when MakesText(model, call) => call.ArgumentList.Arguments.Select(argument => argument.Expression),
        MemberAccessExpressionSyntax access when FaultOf(model, access) is not null => [access],
        _ => [],
    };

    static bool IsString(SemanticModel model, ExpressionSyntax expression) => model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_String;

    static bool MakesText(SemanticModel model, InvocationExpressionSyntax call) => model.GetSymbolInfo(call).Symbol is IMethodSymbol method
        && (method.ContainingType?.ToString(), method.Name) is ("string", "Format" or "Concat" or "Join") or ("System.Text.StringBuilder", _)
            or ("System.Convert", "ToString") or ("System.Enum", "GetName");

    static string? Fault(SemanticModel model, ExpressionSyntax hole)
    {
        if (hole is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } })
            return "a name of the source";

        // Such an access is a fault wherever it is: its text may be kept and shown later.
        if (hole is MemberAccessExpressionSyntax access && FaultOf(model, access) is { } fault)
            return fault;

        return FaultOf(model.GetTypeInfo(hole).Type, isJoined: hole.Parent is ArgumentSyntax);
    }

    static string? FaultOf(SemanticModel model, MemberAccessExpressionSyntax access) => (model.GetTypeInfo(access.Expression).Type, access.Name.Identifier.Text) switch
    {
        ({ } type, var name) when ExceptionTexts.Contains(name) && IsException(type) => "an exception's own text",
        ({ TypeKind: TypeKind.Enum }, "ToString") => "an enum's member",
        ({ } type, "Name" or "FullName") when type.ToString() == "System.Type" => "a type's name",
        _ => null,
    };

    static string? FaultOf(ITypeSymbol? shown, bool isJoined)
    {
        // string.Join shows what a sequence has, one by one.
        if (isJoined && shown is not null && shown.SpecialType != SpecialType.System_String && ElementOf(shown) is { TypeKind: TypeKind.Enum })
            return "an enum's member";

        return shown switch
        {
            { TypeKind: TypeKind.Enum } => "an enum's member",
            INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
                when nullable.TypeArguments[0].TypeKind == TypeKind.Enum => "an enum's member",
            { } type when IsException(type) || type.ToString() == "System.Type" => "a type's name",
            INamedTypeSymbol type when type.ContainingNamespace?.ToString()?.StartsWith("LambdaLogs", StringComparison.Ordinal) == true && !Speaks(type) => "a type's name",
            IArrayTypeSymbol when !isJoined || !IsText(ElementOf(shown)) => "a type's name",
            _ => null,
        };
    }

    static bool IsText(ITypeSymbol? type) => type?.SpecialType is SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Object;

    static ITypeSymbol? ElementOf(ITypeSymbol type) => type is IArrayTypeSymbol array ? array.ElementType
        : type.AllInterfaces.Append(type as INamedTypeSymbol).FirstOrDefault(part => part?.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            ?.TypeArguments[0];

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

    static CSharpCompilation Compile() => Compile([.. Directory.EnumerateFiles(Repository.Folder("src", "LambdaLogs.Extension"), "*.cs", SearchOption.AllDirectories)
        .Select(path => (Path.GetRelativePath(Repository.Folder("src"), path), File.ReadAllText(path)))]);

    static CSharpCompilation Compile(string text) => Compile([("Sample.cs", text)]);

    static CSharpCompilation Compile((string Path, string Text)[] sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.Preview);
        var usings = CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;", options);
        var trees = sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, options, source.Path));
        return CSharpCompilation.Create(
            "walked", trees.Append(usings), Platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }
}
