using LambdaLogs.Extension.Tests.Structure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LambdaLogs.Extension.Tests.Documents;

/// <summary>The texts of the extension's own log lines, out of its source.</summary>
internal static class OwnMessages
{
    // Where the text of a call comes from that has none itself.
    static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["Program.cs: error.Message"] = "the PlatformExceptions, which are gathered below",
        ["SettingsLoader.cs: problem.ToString()"] = "Settings/SettingProblem.cs, a line for any variable",
        ["SettingsLoader.cs: line"] = "Settings/UnknownVariables.cs",
        ["SettingsLoader.cs: warning"] = "Settings/SettingWarnings.cs",
        ["Delivery/HttpDestination.cs: problem"] = "Delivery/Trust/ClientIdentity.cs",
        ["Lifecycle/TelemetryReceiver.cs: message"] = "Lifecycle/TelemetryReceiver.cs",
    };

    // Files whose sentences become the whole of a line, or a part of one.
    static readonly string[] Sentences =
    [
        "Settings/SettingWarnings.cs", "Settings/UnknownVariables.cs", "Lifecycle/TelemetryReceiver.cs", "Pipeline/ResponseHandler.cs", "Delivery/ResponseInterpreter.cs", "Delivery/FailureDescription.cs",
        "Delivery/TestModeDestination.cs", "Delivery/Trust/ServerCertificateCheck.cs", "Delivery/Trust/ClientIdentity.cs", "Delivery/Aws/AwsHttp.cs",
        "Delivery/Aws/AwsCredentialsProvider.cs", "Delivery/Aws/SecretResponse.cs", "Delivery/Aws/SettingsResponse.cs", "Delivery/Aws/StoreRefusal.cs", "Delivery/Aws/SignatureRefusal.cs", "Delivery/Aws/SecretStoreAuthenticator.cs",
    ];

    static readonly IReadOnlyList<SourceFile> Files = [.. Repository.Sources("LambdaLogs.Extension")];

    /// <summary>One text.</summary>
    /// <param name="Place">Where it stands.</param>
    /// <param name="Pieces">What is fixed of it, in order, trimmed; pieces of a single word are left out.</param>
    public sealed record Message(string Place, IReadOnlyList<string> Pieces);

    /// <summary>Every text that a line is made of.</summary>
    public static IReadOnlyList<Message> All { get; } =
    [
        .. LogCalls().SelectMany(call => Texts(call.File, call.Argument)),
        .. Files.SelectMany(file => file.Root.DescendantNodes().OfType<ThrowExpressionSyntax>().Select(thrown => thrown.Expression)
            .Concat(file.Root.DescendantNodes().OfType<ThrowStatementSyntax>().Select(thrown => thrown.Expression))
            .OfType<ObjectCreationExpressionSyntax>().Where(made => made.Type.ToString() == "PlatformException")
            .SelectMany(made => Texts(file, made.ArgumentList!.Arguments[0].Expression))),
        .. Sentences.Select(name => Files.Single(file => file.Name == name)).SelectMany(file => Outermost(file.Root)
            .SelectMany(text => Texts(file, text)).Where(message => message.Pieces.Any(piece => piece.Count(character => character == ' ') >= 2))),
    ];

    /// <summary>Calls of the log whose text is neither in the call nor known to come from elsewhere.</summary>
    public static IEnumerable<string> Unknown => LogCalls()
        .Where(call => call.Argument is not (LiteralExpressionSyntax or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax))
        .Select(call => $"{call.File.Name}: {call.Argument}")
        .Where(call => !Elsewhere.ContainsKey(call));

    /// <summary>All fixed texts of the source.</summary>
    public static IReadOnlyList<string> Fixed { get; } =
        [.. Files.SelectMany(file => Outermost(file.Root).SelectMany(text => Parts(text).OfType<string>()))];

    static IEnumerable<(SourceFile File, ExpressionSyntax Argument)> LogCalls() => Files.SelectMany(file => file.Root.DescendantNodes()
        .OfType<InvocationExpressionSyntax>()
        .Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "Error" or "Warn" or "Info" or "Debug" or "Always" } access
            && access.Expression.ToString().EndsWith("log", StringComparison.OrdinalIgnoreCase))
        .Select(call => (file, call.ArgumentList.Arguments[0].Expression)));

    static IEnumerable<Message> Texts(SourceFile file, ExpressionSyntax text)
    {
        var pieces = Parts(text).OfType<string>().Select(piece => piece.Trim(' ', ';', ':', ',', '(', ')', '"')).Where(piece => piece.Contains(' ')).ToList();
        if (pieces.Count > 0)
            yield return new Message(file.Place(text), pieces);
    }

    // Texts that are not parts of others.
    static IEnumerable<ExpressionSyntax> Outermost(SyntaxNode root) => root.DescendantNodes().OfType<ExpressionSyntax>()
        .Where(node => IsText(node) && !(node.Parent is BinaryExpressionSyntax parent && IsText(parent)) && !IsLookedFor(node));

    // What others' texts are searched for is not said.
    static bool IsLookedFor(ExpressionSyntax node) => node.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && call.Expression.ToString().Split('.')[^1] is "Contains" or "Mentions" or "StartsWith" or "EndsWith";

    static bool IsText(ExpressionSyntax node) => node switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression),
        InterpolatedStringExpressionSyntax => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => IsText(sum.Left) || IsText(sum.Right),
        _ => false,
    };

    /// <summary>Fixed texts, and null for what is filled in. Texts side by side are one.</summary>
    static List<string?> Parts(ExpressionSyntax text)
    {
        var parts = new List<string?>();
        foreach (var part in Split(text))
        {
            if (part is not null && parts.Count > 0 && parts[^1] is { } former)
                parts[^1] = former + part;
            else
                parts.Add(part);
        }

        return parts;
    }

    static IEnumerable<string?> Split(ExpressionSyntax text) => text switch
    {
        LiteralExpressionSyntax literal when IsText(literal) => [literal.Token.ValueText],
        InterpolatedStringExpressionSyntax interpolated => interpolated.Contents
            .Select(part => part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : null),
        BinaryExpressionSyntax sum when IsText(sum) => Split(sum.Left).Concat(Split(sum.Right)),
        IdentifierNameSyntax name when Constant(name) is { } value => Split(value),
        _ => [null],
    };

    static ExpressionSyntax? Constant(IdentifierNameSyntax name) => name.SyntaxTree.GetRoot().DescendantNodes().OfType<FieldDeclarationSyntax>()
        .Where(field => field.Modifiers.Any(SyntaxKind.ConstKeyword))
        .SelectMany(field => field.Declaration.Variables)
        .FirstOrDefault(variable => variable.Identifier.Text == name.Identifier.Text)?.Initializer?.Value;
}
