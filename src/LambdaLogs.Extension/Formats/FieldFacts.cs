using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// What the names in braces in the values of <c>LOGS_FIELDS</c> stand for: facts that are the same for every record of a batch.
/// </summary>
internal static class FieldFacts
{
    /// <summary>The names there are, for people.</summary>
    public const string Known = "{account_id}, {function_name}, {function_version}, {region}, {environment_id}, {memory} and {tenant_id}";

    /// <summary>The first name that does not exist, braces included. Null: there is none.</summary>
    public static string? FirstUnknown(string value) =>
        Placeholders.FirstUnknown(value, name => FactOf(name, new FunctionIdentity(), "") is not null);

    /// <summary>The fields with what their names stand for; one whose fact is not known here is left out.</summary>
    /// <param name="fields">The fields, as they are set.</param>
    /// <param name="function">The function, and the execution environment.</param>
    /// <param name="tenant">The tenant whose records they are for. Empty: not known, or none.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Fill(
        IReadOnlyList<KeyValuePair<string, string>> fields, FunctionIdentity function, string tenant = "")
    {
        var filled = new List<KeyValuePair<string, string>>(fields.Count);
        foreach (var (name, text) in fields)
        {
            if (Placeholders.Fill(text, fact => FactOf(fact, function, tenant)) is { } value)
                filled.Add(new(name, value));
        }

        return filled;
    }

    /// <summary>Whether a field differs from tenant to tenant.</summary>
    /// <param name="fields">The fields, as they are set.</param>
    public static bool NameTenant(IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        foreach (var (_, text) in fields)
        {
            if (text.Contains("{tenant_id}", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    // Null: no such name.
    static string? FactOf(string name, FunctionIdentity function, string tenant) => name switch
    {
        "account_id" => function.AccountId,
        "function_name" => function.Name,
        "function_version" => function.Version,
        "region" => function.Region,
        "environment_id" => function.EnvironmentId,
        "memory" => function.MemorySize,
        "tenant_id" => tenant,
        _ => null,
    };
}
