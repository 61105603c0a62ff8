using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LambdaLogs.Emulator.Templates;

/// <summary>
/// A function in an AWS SAM or CloudFormation template (YAML or JSON). Properties that the template does not set are null.
/// </summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html"/>
/// </remarks>
internal sealed record FunctionTemplate
{
    /// <summary>Why the template cannot be used. Null if it can. The other properties are only valid in that case.</summary>
    public string? Problem { get; init; }

    /// <summary>The configured function name, or its logical ID.</summary>
    public string? Name { get; init; }

    /// <summary>The absolute path of the code's directory.</summary>
    public string? Directory { get; init; }

    public string? Runtime { get; init; }

    public string? Handler { get; init; }

    public int? MemoryMb { get; init; }

    public TimeSpan? Timeout { get; init; }

    public int? EphemeralStorageMb { get; init; }

    /// <summary><c>Text</c> or <c>JSON</c>.</summary>
    public string? LogFormat { get; init; }

    /// <summary>Variables in the form <c>NAME=value</c>. A value that is only known after deployment is empty.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Local zip files and directories. Layers given as an ARN are not available locally and are left out.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Reads a template. Never throws.</summary>
    /// <param name="file">The template's path.</param>
    /// <param name="resource">The function's logical ID. Null: the template's only function.</param>
    public static FunctionTemplate Read(string file, string? resource)
    {
        if (!File.Exists(file))
            return new FunctionTemplate { Problem = $"--template {file}: no such file" };

        try
        {
            using var text = File.OpenText(file);
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }, ..]
                ? Of(root, Path.GetDirectoryName(Path.GetFullPath(file))!, file, resource)
                : new FunctionTemplate { Problem = $"--template {file}: expected a YAML or JSON mapping" };
        }
        catch (YamlException e)
        {
            return new FunctionTemplate { Problem = $"--template {file}: not YAML: line {e.Start.Line}, column {e.Start.Column}" };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FunctionTemplate { Problem = $"--template {file}: {e.Message}" };
        }
    }

    static FunctionTemplate Of(YamlMappingNode root, string folder, string file, string? resource)
    {
        var values = new TemplateValues(root);
        var functions = values.Resources("AWS::Serverless::Function", "AWS::Lambda::Function");
        var names = string.Join(", ", functions.Select(f => f.Name));
        if (functions.Count == 0)
            return new FunctionTemplate { Problem = $"--template {file}: contains no function" };
        if (resource is null && functions.Count > 1)
            return new FunctionTemplate { Problem = $"--template {file}: contains several functions; choose one with --resource: {names}" };

        var chosen = resource is null ? functions[0] : functions.FirstOrDefault(f => f.Name == resource);
        return chosen.Properties is null
            ? new FunctionTemplate { Problem = $"--resource {resource}: no such function; {file} contains {names}" }
            : Of(values, chosen.Name, new TemplateProperties(values, chosen.Properties, values.Globals(chosen.Type)), folder);
    }

    static FunctionTemplate Of(TemplateValues values, string name, TemplateProperties properties, string folder) => new()
    {
        Name = properties.Text("FunctionName") ?? name,
        Directory = properties.Text("CodeUri") is { } code ? Path.GetFullPath(code, folder) : folder,
        Runtime = properties.Text("Runtime"),
        Handler = properties.Text("Handler"),
        MemoryMb = Number(properties.Text("MemorySize")),
        Timeout = Number(properties.Text("Timeout")) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        EphemeralStorageMb = Number(properties.Text("EphemeralStorage", "Size")),
        LogFormat = properties.Text("LoggingConfig", "LogFormat"),
        Environment = [.. properties.Map("Environment", "Variables").Select(v => $"{v.Name}={v.Value}")],
        Layers =
        [
            .. properties.Items("Layers").Select(l => values.LayerContent(l)).OfType<string>().Select(l => Path.GetFullPath(l, folder))
                .Where(Path.Exists),
        ],
    };

    static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
