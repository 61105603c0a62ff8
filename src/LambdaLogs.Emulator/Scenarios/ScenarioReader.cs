using System.Text.Json;
using System.Text.Json.Serialization;

namespace LambdaLogs.Emulator.Scenarios;

/// <summary>Reads scenario files and reports all of their errors at once if possible.</summary>
internal static class ScenarioReader
{
    const int FileBytesMax = 16 * 1024 * 1024;

    /// <returns>The scenario. Null if there are problems.</returns>
    public static ScenarioFile? Read(string path, out IReadOnlyList<string> problems)
    {
        if (!File.Exists(path))
            return Failed($"--scenario {path}: no such file", out problems);
        if (new FileInfo(path).Length > FileBytesMax)
            return Failed($"--scenario {path}: larger than {FileBytesMax >> 20} MB", out problems);

        try
        {
            var scenario = JsonSerializer.Deserialize(File.ReadAllBytes(path), ScenarioJson.Default.ScenarioFile);
            problems = scenario is null
                ? [$"--scenario {path}: expected a JSON object"]
                : [.. Problems(scenario).Select(p => $"--scenario {path}: {p}")];
            return problems.Count == 0 ? scenario : null;
        }
        catch (JsonException e)
        {
            // The deserializer's message names .NET types; the JSON path says where the error is.
            var place = e.LineNumber is { } line ? $"line {line + 1}: " : "";
            var member = string.IsNullOrEmpty(e.Path) || e.Path == "$" ? "" : $"{e.Path.TrimStart('$', '.')}: ";
            var what = e.Path is null || e.Message.Contains("required", StringComparison.Ordinal)
                ? "a required member is missing, such as steps"
                : "invalid JSON, an unknown member, or a value of the wrong type";
            return Failed($"--scenario {path}: {place}{member}{what}; see lambda-emulator schema scenario", out problems);
        }
    }

    /// <summary>The first problem of a step. Null if it is valid.</summary>
    public static string? ProblemOf(ScenarioStep step) => Problems(step).FirstOrDefault();

    static ScenarioFile? Failed(string problem, out IReadOnlyList<string> problems)
    {
        problems = [problem];
        return null;
    }

    static IEnumerable<string> Problems(ScenarioFile scenario)
    {
        if (scenario.Destination?.Validate() is { } wrong)
            yield return $"destination: {wrong}";
        var (timeout, added) = (scenario.Environment.Timeout, scenario.Expect.AddedMax);
        foreach (var problem in Durations(("environment.timeout", timeout), ("expect.added_max", added)))
            yield return problem;
        for (var i = 0; i < scenario.Steps.Count; i++)
        {
            foreach (var problem in Problems(scenario.Steps[i]))
                yield return $"steps[{i}]: {problem}";
        }

        var end = scenario.Steps.ToList().FindIndex(s => s.Shutdown);
        if (end >= 0 && scenario.Steps.Skip(end + 1).Any(s => s.Pause is null))
            yield return $"steps[{end}]: only pauses can follow shutdown";
    }

    static IEnumerable<string> Problems(ScenarioStep step)
    {
        if (step.Actions is not [_])
            yield return $"expected exactly one action, got {(step.Actions.Count == 0 ? "none" : string.Join(" and ", step.Actions))}";
        if (step.Times < 1)
            yield return $"times {step.Times}: expected 1 or more";
        foreach (var problem in Durations(("every", step.Every), ("pause", step.Pause), ("freeze", step.Freeze)))
            yield return problem;
        if (step.Fault?.Validate() is { } fault)
            yield return $"fault: {fault}";
        if (step.Endpoint?.Validate() is { } endpoint)
            yield return $"endpoint: {endpoint}";
    }

    static IEnumerable<string> Durations(params (string Name, string? Value)[] given) => given
        .Where(d => d.Value is not null && !Scenarios.Durations.TryParse(d.Value, out _))
        .Select(d => $"{d.Name} {d.Value}: expected a duration such as 100ms or 2s");
}

/// <summary>The serializer options of scenarios: unknown members are errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip, RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ScenarioFile))]
internal sealed partial class ScenarioJson : JsonSerializerContext;
