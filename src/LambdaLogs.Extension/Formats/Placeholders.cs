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

    /// <summary>
    /// The first text that was probably meant as a placeholder: unknown, in other letters, or as a shell writes it. Null: none.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <param name="isKnown">Whether a placeholder is supported.</param>
    public static string? FirstMistaken(string value, Func<string, bool> isKnown)
    {
        for (var at = 0; (at = value.IndexOf('{', at)) >= 0; at++)
        {
            var end = value.IndexOf('}', at);
            if (end < 0)
                return null;

            var name = value.AsSpan(at + 1, end - at - 1);
            var isShell = at > 0 && value[at - 1] == '$';
            if (IsName(name) && (isShell || !isKnown(name.ToString())))
                return value[(isShell ? at - 1 : at)..(end + 1)];
        }

        return null;
    }

    // Braces of JSON, of expressions and around numbers are no placeholders.
    static bool IsName(ReadOnlySpan<char> text)
    {
        var name = text.Trim();
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-' or '.' or ' '))
                return false;
        }

        return !name.IsEmpty && char.IsAsciiLetter(name[0]);
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
