using YamlDotNet.RepresentationModel;

namespace LambdaLogs.Emulator.Templates;

/// <summary>A function's properties, with those of all functions behind them.</summary>
/// <param name="values">Of the template.</param>
/// <param name="own">The function's.</param>
/// <param name="shared">Those of all functions. Null where there are none.</param>
internal sealed class TemplateProperties(TemplateValues values, YamlMappingNode own, YamlMappingNode? shared)
{
    /// <summary>A text, or null.</summary>
    /// <param name="path">From property to member.</param>
    public string? Text(params string[] path) => values.Text(Find(own, path) ?? Find(shared, path));

    /// <summary>The members of a mapping; the function's own come last.</summary>
    public IEnumerable<(string Name, string Value)> Map(params string[] path) =>
        TemplateValues.Children(Find(shared, path)).Concat(TemplateValues.Children(Find(own, path)))
            .Select(c => (c.Name, values.Text(c.Node) ?? ""));

    /// <summary>The items of a list; those of all functions come first.</summary>
    public IEnumerable<YamlNode> Items(string name) => List(shared, name).Concat(List(own, name));

    static IEnumerable<YamlNode> List(YamlMappingNode? from, string name) =>
        TemplateValues.Child(from, name) is YamlSequenceNode list ? list.Children : [];

    static YamlNode? Find(YamlNode? from, IEnumerable<string> path) => path.Aggregate(from, TemplateValues.Child);
}
