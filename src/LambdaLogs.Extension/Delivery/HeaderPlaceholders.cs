using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Placeholders in header values, such as <c>{function_name}</c>: lower-case letters and underscores in braces. Other braces are literal.
/// </summary>
internal static class HeaderPlaceholders
{
    const string Tenant = "tenant_id";

    /// <summary>The supported placeholders, for messages.</summary>
    public const string Known = "{function_name}, {function_version}, {region}, {account_id} and {tenant_id}";

    /// <summary>The first unknown placeholder, including braces. Null: none.</summary>
    /// <param name="value">The value of a header.</param>
    public static string? FirstUnknown(string value) => Placeholders.FirstUnknown(value, IsKnown);

    /// <summary>Whether a part of the value was probably meant as a placeholder, but is none: <c>{Region}</c>, <c>${TOKEN}</c>.</summary>
    /// <param name="value">The value of a header.</param>
    public static bool HasMistaken(string value) => Placeholders.FirstMistaken(value, IsKnown) is not null;

    /// <summary>Whether the value differs from tenant to tenant, and so from batch to batch.</summary>
    /// <param name="value">The value of a header.</param>
    public static bool NamesTenant(string value) => value.Contains("{" + Tenant + "}", StringComparison.Ordinal);

    /// <summary>The value for a tenant.</summary>
    /// <param name="value">The value of a header, filled but for the tenant.</param>
    /// <param name="tenant">Its id.</param>
    public static string? FillTenant(string value, string tenant) => Placeholders.Fill(value, name => name == Tenant ? tenant : null);

    /// <summary>The value with what its placeholders stand for, but for the tenant.</summary>
    /// <param name="value">A header value without unknown placeholders.</param>
    /// <param name="values">The values of the placeholders.</param>
    /// <returns>Null: the value of a placeholder is not known.</returns>
    public static string? Fill(string value, HeaderPlaceholderValues values) => Placeholders.Fill(value, name => ValueOf(name, values));

    static bool IsKnown(string name) => name == Tenant || ValueOf(name, new HeaderPlaceholderValues()) is not null;

    // Null: there is no such placeholder.
    static string? ValueOf(string name, HeaderPlaceholderValues values) => name switch
    {
        "function_name" => values.FunctionName,
        "function_version" => values.FunctionVersion,
        "region" => values.Region,
        "account_id" => values.AccountId,
        _ => null,
    };
}
