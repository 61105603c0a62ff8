using System.Text;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Placeholders in a setting, such as <c>{function_name}</c>: lower-case letters and underscores in braces. Other braces are literal.
/// Pure.
/// </summary>
internal static class Placeholders
{
    /// <summary>The first unknown placeholder, including braces. Null: none.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isKnown">Whether a placeholder is supported.</param>
    public static string? FirstUnknown(string value, Func<string, bool> isKnown)
    {
        for (var at = 0; TryFind(value, ref at, out var name); at += name.Length + 2)
        {
            if (!isKnown(name.ToString()))
                return value.Substring(at, name.Length + 2);
        }

        return null;
    }

    /// <summary>Replaces the placeholders of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="valueOf">
    /// Returns the value of a placeholder. Empty: not known. Null: there is no such placeholder, and the text stays.
    /// </param>
    /// <returns>Null: the value of a placeholder is not known.</returns>
    public static string? Fill(string value, Func<string, string?> valueOf)
    {
        var filled = new StringBuilder();
        var from = 0;
        for (var at = 0; TryFind(value, ref at, out var name); from = at += name.Length + 2)
        {
            var fact = valueOf(name.ToString()) ?? value.Substring(at, name.Length + 2);
            if (fact.Length == 0)
                return null;

            filled.Append(value, from, at - from).Append(fact);
        }

        return from == 0 ? value : filled.Append(value, from, value.Length - from).ToString();
    }

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
