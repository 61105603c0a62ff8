using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The JSON schemas of the input and output formats, generated from the types that are serialized.</summary>
internal static class Schemas
{
    const string Draft = "https://json-schema.org/draft/2020-12/schema";

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>The schema of a scenario file.</summary>
    public static string Scenario() => Text("A scenario of lambda-emulator", Of(ScenarioJson.Default.ScenarioFile));

    /// <summary>The schema of a <c>--json</c> line.</summary>
    public static string Run() => Text("A line of lambda-emulator run --json", new JsonObject
    {
        ["oneOf"] = new JsonArray(
            Of(RunJson.Default.ListeningRecord), Of(RunJson.Default.EventRecord), Of(RunJson.Default.SummaryRecord)),
    });

    static JsonObject Of(JsonTypeInfo type) => type.GetJsonSchemaAsNode(Options).AsObject();

    static string Text(string title, JsonObject schema)
    {
        var whole = new JsonObject { ["$schema"] = Draft, ["title"] = title };
        foreach (var (name, value) in schema)
            whole[name] = value?.DeepClone();
        return whole.ToJsonString(Indented);
    }

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var attributes = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false);
        if (attributes is not [DescriptionAttribute description])
            return schema;

        // A member of any type has the schema <c>true</c>, which cannot carry a description.
        var described = new JsonObject { ["description"] = description.Description };
        if (schema is JsonObject known)
        {
            foreach (var (name, value) in known)
                described[name] = value?.DeepClone();
        }

        return described;
    }
}
