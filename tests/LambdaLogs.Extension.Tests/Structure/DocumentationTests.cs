using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LambdaLogs.Extension.Tests.Structure;

public sealed class DocumentationTests
{
    [Theory]
    [InlineData("LambdaLogs.Extension")]
    [InlineData("LambdaLogs.Emulator")]
    public void Every_type_says_what_it_is(string project)
    {
        // A type in several files says it in one of them.
        var types = Repository.Sources(project).SelectMany(file => file.Types.Select(type => (Place: file.Place(type), Type: type)));
        var silent = types.GroupBy(type => SourceFile.NameOf(type.Type)).Where(parts => !parts.Any(part => HasSummary(part.Type)));

        Repository.ExpectNone(silent.Select(parts => $"{parts.First().Place}: {parts.Key}"));
    }

    static bool HasSummary(MemberDeclarationSyntax type) => type.GetLeadingTrivia()
        .Select(trivia => trivia.GetStructure())
        .OfType<DocumentationCommentTriviaSyntax>()
        .SelectMany(comment => comment.Content)
        .Any(element => element is XmlElementSyntax { StartTag.Name.LocalName.Text: "summary", Content.Count: > 0 }
            or XmlEmptyElementSyntax { Name.LocalName.Text: "inheritdoc" });
}
