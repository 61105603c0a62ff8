using System.Text;

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
    public static string? FirstUnknown(string value)
    {
        for (var at = 0; TryFind(value, ref at, out var name); at += name.Length + 2)
        {
            if (FactOf(name, new HeaderFacts()) is null)
                return value.Substring(at, name.Length + 2);
        }

        return null;
    }

    /// <summary>The value with what its placeholders stand for.</summary>
    /// <param name="value">The value of a header, without unknown placeholders.</param>
    /// <param name="facts">What they stand for.</param>
    /// <returns>Null: one of them is not known here.</returns>
    public static string? Fill(string value, HeaderFacts facts)
    {
        var filled = new StringBuilder();
        var from = 0;
        for (var at = 0; TryFind(value, ref at, out var name); from = at += name.Length + 2)
        {
            if (FactOf(name, facts) is not { Length: > 0 } fact)
                return null;

            filled.Append(value, from, at - from).Append(fact);
        }

        return from == 0 ? value : filled.Append(value, from, value.Length - from).ToString();
    }

    // Null: no such name.
    static string? FactOf(ReadOnlySpan<char> name, HeaderFacts facts) => name switch
    {
        "function_name" => facts.FunctionName,
        "function_version" => facts.FunctionVersion,
        "region" => facts.Region,
        "account_id" => facts.AccountId,
        _ => null,
    };

    static bool TryFind(string value, ref int at, out ReadOnlySpan<char> name)
    {
        for (name = default; at < value.Length; at++)
        {
            if (value[at] != '{')
                continue;

            var inside = value.AsSpan(at + 1);
            var end = inside.IndexOfAnyExceptInRange('_', 'z');
            if (end > 0 && inside[end] == '}' && !inside[..end].Contains('`'))
            {
                name = inside[..end];
                return true;
            }
        }

        return false;
    }
}
