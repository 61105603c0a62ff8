using YamlDotNet.RepresentationModel;

namespace LambdaLogs.Emulator.Templates;

/// <summary>The properties of a function, with the template's global properties as defaults.</summary>
/// <param name="values">The template's values.</param>
/// <param name="own">The function's properties.</param>
/// <param name="shared">The global properties. Null if there are none.</param>
internal sealed class TemplateProperties(TemplateValues values, YamlMappingNode own, YamlMappingNode? shared)
{
    /// <summary>A text property. Null if it is not set.</summary>
    /// <param name="path">The names from the property to the member.</param>
    public string? Text(params string[] path) => values.Text(Find(own, path) ?? Find(shared, path));

    /// <summary>The members of a mapping. The function's own members come last.</summary>
    public IEnumerable<(string Name, string Value)> Map(params string[] path) =>
        TemplateValues.Children(Find(shared, path)).Concat(TemplateValues.Children(Find(own, path)))
            .Select(c => (c.Name, values.Text(c.Node) ?? ""));

    /// <summary>The items of a list. Global items come first.</summary>
    public IEnumerable<YamlNode> Items(string name) => List(shared, name).Concat(List(own, name));

    static IEnumerable<YamlNode> List(YamlMappingNode? from, string name) =>
        TemplateValues.Child(from, name) is YamlSequenceNode list ? list.Children : [];

    static YamlNode? Find(YamlNode? from, IEnumerable<string> path) => path.Aggregate(from, TemplateValues.Child);
}
