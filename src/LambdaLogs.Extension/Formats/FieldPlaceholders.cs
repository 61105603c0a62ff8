using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// The placeholders in the values of <c>LOGS_FIELDS</c>, whose values are the same for every record.
/// </summary>
internal static class FieldPlaceholders
{
    /// <summary>The supported placeholders, for messages.</summary>
    public const string Known = "{account_id}, {function_name}, {function_version}, {region}, {environment_id}, {memory} and {tenant_id}";

    /// <summary>The first text that was probably meant as a placeholder, but is none of them. Null: there is none.</summary>
    public static string? FirstMistaken(string value) =>
        Placeholders.FirstMistaken(value, name => ValueOf(name, new FunctionIdentity(), "") is not null);

    /// <summary>Replaces the placeholders. A field whose placeholder has no known value is left out.</summary>
    /// <param name="fields">The configured fields.</param>
    /// <param name="function">Provides the values.</param>
    /// <param name="tenant">The tenant whose records they are for. Empty: not known, or none.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Fill(
        IReadOnlyList<KeyValuePair<string, string>> fields, FunctionIdentity function, string tenant = "")
    {
        var filled = new List<KeyValuePair<string, string>>(fields.Count);
        foreach (var (name, text) in fields)
        {
            if (Placeholders.Fill(text, fact => ValueOf(fact, function, tenant)) is { } value)
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

    // Null: there is no such placeholder.
    static string? ValueOf(string name, FunctionIdentity function, string tenant) => name switch
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
