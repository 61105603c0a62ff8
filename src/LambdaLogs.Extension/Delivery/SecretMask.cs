using System.Globalization;
using System.Text;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Removes secrets from text of others: verbatim, in another case, and escaped as in JSON, HTML and URLs, once or several times.
/// </summary>
internal static class SecretMask
{
    /// <summary>Replaces a secret.</summary>
    public const string Mark = "***";

    /// <summary>Shorter words are not treated as secrets: replacing them would make the text unreadable.</summary>
    public const int LengthMin = 5;

    static readonly string[] Entities = ["amp", "lt", "gt", "quot", "apos"];

    /// <summary>Returns the text without the secrets.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="secrets">The secrets. Empty ones are ignored.</param>
    public static string Redact(string text, IEnumerable<string> secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length == 0)
                continue;

            text = Redact(text, secret);
            // In a URL, characters beyond ASCII are several bytes.
            if (Uri.EscapeDataString(secret) is var escaped && escaped != secret)
                text = Redact(text, escaped);
            if (secret.Contains('%') && Uri.UnescapeDataString(secret) is { Length: >= LengthMin } unescaped && unescaped != secret)
                text = Redact(text, unescaped);
        }

        return text;
    }

    static string Redact(string text, string secret)
    {
        StringBuilder? hidden = null;
        var from = 0;
        for (var at = 0; at < text.Length; at++)
        {
            // An ampersand may start an escaped form or be literal.
            var length = LengthOf(text, at, secret, escapesFirst: true);
            length = length > 0 ? length : LengthOf(text, at, secret, escapesFirst: false);
            if (length == 0)
                continue;

            hidden ??= new StringBuilder(text.Length);
            hidden.Append(text, from, at - from).Append(Mark);
            from = at + length;
            at = from - 1;
        }

        return hidden is null ? text : hidden.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Returns the number of characters that a secret occupies at an index. 0: it is not there.</summary>
    static int LengthOf(string text, int start, string secret, bool escapesFirst)
    {
        var at = start;
        foreach (var wanted in secret)
        {
            var isSame = at < text.Length && Same(text[at], wanted);
            var escaped = isSame && !escapesFirst ? 0 : EscapedLength(text.AsSpan(at), wanted);
            if (escaped == 0 && !isSame)
                return 0;

            at += escaped > 0 ? escaped : 1;
        }

        return at - start;
    }

    static bool Same(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);

    /// <summary>Returns the length of the escaped form of a character at the start of a text. 0: there is none.</summary>
    static int EscapedLength(ReadOnlySpan<char> text, char wanted)
    {
        // In nested JSON or URLs, escapes are escaped: \\\" and %2525.
        var backslashes = text.Length - text.TrimStart('\\').Length;
        if (backslashes > 0)
            return OfBackslash(text, backslashes, wanted);

        if (text.StartsWith("%"))
        {
            var digits = text[1..];
            while (digits.StartsWith("25"))
                digits = digits[2..];
            return IsHex(digits, 2, wanted) ? text.Length - digits.Length + 2 : 0;
        }

        if (wanted == ' ' && text.StartsWith("+"))
            return 1;

        return text.StartsWith("&") ? OfEntity(text, wanted) : 0;
    }

    static int OfBackslash(ReadOnlySpan<char> text, int backslashes, char wanted)
    {
        var rest = text[backslashes..];
        if (rest.StartsWith("u", StringComparison.OrdinalIgnoreCase) && IsHex(rest[1..], 4, wanted))
            return backslashes + 5;
        if (wanted == '\\')
            return backslashes;

        return rest.Length > 0 && Same(rest[0], wanted) ? backslashes + 1 : 0;
    }

    static int OfEntity(ReadOnlySpan<char> text, char wanted)
    {
        var rest = text[1..];
        while (rest.StartsWith("amp;", StringComparison.Ordinal))
            rest = rest[4..];

        var escapedAgain = text.Length - rest.Length;
        if (rest.IndexOf(';') is >= 2 and <= 40 and var end && IsEntity(rest[..end], wanted))
            return escapedAgain + end + 1;

        return wanted == '&' && escapedAgain > 1 ? escapedAgain : 0;
    }

    static bool IsEntity(ReadOnlySpan<char> name, char wanted)
    {
        for (var at = 0; at < Entities.Length; at++)
        {
            if (name.SequenceEqual(Entities[at]))
                return "&<>\"'"[at] == wanted;
        }

        var isHex = name.StartsWith("#x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return name.StartsWith("#") && int.TryParse(name[(isHex ? 2 : 1)..], style, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < char.MaxValue && Same((char)number, wanted);
    }

    static bool IsHex(ReadOnlySpan<char> digits, int count, char wanted) =>
        digits.Length >= count
        && int.TryParse(digits[..count], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
        && Same((char)number, wanted);
}
