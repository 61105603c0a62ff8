using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Names in braces in the value of a header, such as <c>{function_name}</c>: small letters and underscores. Other braces stand for
/// themselves.
/// </summary>
internal static class HeaderPlaceholders
{
    /// <summary>The names there are, for people.</summary>
    public const string Known = "{function_name}, {function_version}, {region} and {account_id}";

    /// <summary>The first placeholder that does not exist, braces included. Null: there is none.</summary>
    /// <param name="value">The value of a header.</param>
    public static string? FirstUnknown(string value) =>
        Placeholders.FirstUnknown(value, name => FactOf(name, new HeaderFacts()) is not null);

    /// <summary>The value with what its placeholders stand for.</summary>
    /// <param name="value">The value of a header, without unknown placeholders.</param>
    /// <param name="facts">What they stand for.</param>
    /// <returns>Null: one of them is not known here.</returns>
    public static string? Fill(string value, HeaderFacts facts) => Placeholders.Fill(value, name => FactOf(name, facts));

    // Null: no such name.
    static string? FactOf(string name, HeaderFacts facts) => name switch
    {
        "function_name" => facts.FunctionName,
        "function_version" => facts.FunctionVersion,
        "region" => facts.Region,
        "account_id" => facts.AccountId,
        _ => null,
    };
}
