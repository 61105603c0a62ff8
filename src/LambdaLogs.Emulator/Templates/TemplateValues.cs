using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace LambdaLogs.Emulator.Templates;

/// <summary>The values of a template: resolves parameters to their defaults, and references to resources.</summary>
/// <param name="root">The template's root node.</param>
internal sealed partial class TemplateValues(YamlMappingNode root)
{
    static readonly Dictionary<string, string> Pseudo = new()
    {
        ["AWS::Region"] = "us-east-1",
        ["AWS::AccountId"] = "123456789012",
        ["AWS::Partition"] = "aws",
        ["AWS::StackName"] = "local",
        ["AWS::URLSuffix"] = "amazonaws.com",
        ["AWS::NoValue"] = "",
    };

    /// <summary>The resources of the given types, in order.</summary>
    public IReadOnlyList<(string Name, string Type, YamlMappingNode? Properties)> Resources(params string[] types) =>
    [
        .. Children(Child(root, "Resources"))
            .Select(r => (r.Name, Type: Scalar(Child(r.Node, "Type")) ?? "", Properties: Child(r.Node, "Properties") as YamlMappingNode))
            .Where(r => types.Contains(r.Type)).Select(r => (r.Name, r.Type, (YamlMappingNode?)(r.Properties ?? [])))!,
    ];

    /// <summary>The SAM global properties of a type. Null in CloudFormation.</summary>
    public YamlMappingNode? Globals(string type) =>
        type == "AWS::Serverless::Function" ? Child(Child(root, "Globals"), "Function") as YamlMappingNode : null;

    /// <summary>The local content of a layer, given as a path or as a reference to a layer resource. Null for an ARN.</summary>
    public string? LayerContent(YamlNode layer)
    {
        if (ReferenceOf(layer) is not { } name)
            return Scalar(layer) is { } path && !path.StartsWith("arn:", StringComparison.Ordinal) ? path : null;

        var layers = Resources("AWS::Serverless::LayerVersion", "AWS::Lambda::LayerVersion");
        var content = layers.FirstOrDefault(r => r.Name == name).Properties;
        return Text(Child(content, "ContentUri") ?? Child(content, "Content"));
    }

    /// <summary>
    /// The text of a node: a scalar, a parameter's default, or a text with substitutions. Null for a value that is only known after
    /// deployment.
    /// </summary>
    public string? Text(YamlNode? node) => node switch
    {
        YamlScalarNode { Tag: { IsEmpty: false, Value: "!Ref" } } reference => Parameter(reference.Value!),
        YamlScalarNode { Tag: { IsEmpty: false, Value: "!Sub" } } text => Substitute(text.Value!),
        YamlScalarNode { Tag: { IsEmpty: false, Value: "!GetAtt" or "!ImportValue" } } => null,
        YamlScalarNode scalar => scalar.Value,
        YamlMappingNode { Children.Count: 1 } when Child(node, "Ref") is { } reference => Parameter(Scalar(reference) ?? ""),
        YamlMappingNode { Children.Count: 1 } when Child(node, "Fn::Sub") is YamlScalarNode text => Substitute(text.Value!),
        _ => null,
    };

    /// <summary>The members of a mapping, in order. Empty for other nodes.</summary>
    public static IEnumerable<(string Name, YamlNode Node)> Children(YamlNode? node) => node is YamlMappingNode mapping
        ? mapping.Children.Where(c => c.Key is YamlScalarNode).Select(c => (((YamlScalarNode)c.Key).Value!, c.Value))
        : [];

    /// <summary>A member of a mapping. Null if it is missing.</summary>
    public static YamlNode? Child(YamlNode? node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    static string? Scalar(YamlNode? node) => (node as YamlScalarNode)?.Value;

    static string? ReferenceOf(YamlNode node) =>
        node is YamlScalarNode { Tag: { IsEmpty: false, Value: "!Ref" } } scalar ? scalar.Value : Scalar(Child(node, "Ref"));

    string? Parameter(string name) =>
        Pseudo.TryGetValue(name, out var pseudo) ? pseudo : Text(Child(Child(Child(root, "Parameters"), name), "Default"));

    string Substitute(string text) => Placeholder().Replace(text, match => Parameter(match.Groups[1].Value) ?? "");

    [GeneratedRegex(@"\$\{([^}!]+)\}")]
    private static partial Regex Placeholder();
}
