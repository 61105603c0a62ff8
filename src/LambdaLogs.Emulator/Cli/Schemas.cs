using System.ComponentModel;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using LambdaLogs.Emulator.Scenarios;

namespace LambdaLogs.Emulator.Cli;

/// <summary>The JSON schemas of what is read and written, made of the types that do it.</summary>
internal static class Schemas
{
    const string Draft = "https://json-schema.org/draft/2020-12/schema";

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonSchemaExporterOptions Options = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Describe };

    /// <summary>Of a scenario's file.</summary>
    public static string Scenario() => Text("A scenario of lambda-emulator", Of(ScenarioJson.Default.ScenarioFile));

    /// <summary>Of the lines of <c>--json</c>.</summary>
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

        // A member that may be anything is the schema true, which has no room for words.
        var described = new JsonObject { ["description"] = description.Description };
        if (schema is JsonObject known)
        {
            foreach (var (name, value) in known)
                described[name] = value?.DeepClone();
        }

        return described;
    }
}
