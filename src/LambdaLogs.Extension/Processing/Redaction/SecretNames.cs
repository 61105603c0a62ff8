namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>
/// Names whose values are always secret, however short: HTTP headers, JSON members, URL parameters. Case, word separators and prefixes are
/// ignored: <c>X-Api-Key</c>, <c>x_api_key</c> and <c>myApiKey</c> are the same. Pure.
/// </summary>
internal static class SecretNames
{
    /// <summary>Most bytes of a name that are examined, from its end.</summary>
    public const int BytesMax = 64;

    /// <summary>Returns the kind of secret that a name announces.</summary>
    /// <param name="name">The unescaped name.</param>
    /// <param name="presets">The selected presets.</param>
    /// <param name="isParameter">Whether it is a parameter in a URL's query.</param>
    public static SecretKind KindOf(ReadOnlySpan<byte> name, RedactPresets presets, bool isParameter = false)
    {
        if (name.Length > BytesMax)
            name = name[^BytesMax..];

        Span<byte> letters = stackalloc byte[BytesMax];
        var count = Letters(name, letters, out var begins);
        letters = letters[..count];
        if ((presets & RedactPresets.Bearer) != 0)
        {
            if (EndsWith(letters, begins, "authorization"u8))
                return SecretKind.Authorization;
            if (EndsWith(letters, begins, "cookie"u8) || EndsWith(letters, begins, "cookies"u8))
                return SecretKind.Cookies;
            if (IsBearer(letters, begins))
                return SecretKind.Token;
        }

        return (presets & RedactPresets.AwsKey) != 0 && IsAws(letters, begins, isParameter) ? SecretKind.Token : SecretKind.None;
    }

    static bool IsBearer(ReadOnlySpan<byte> letters, ulong begins) => !letters.IsEmpty && letters[^1] switch
    {
        (byte)'y' => EndsWith(letters, begins, "apikey"u8) || EndsWith(letters, begins, "authkey"u8)
            || EndsWith(letters, begins, "subscriptionkey"u8) || EndsWith(letters, begins, "functionskey"u8),
        (byte)'n' => EndsWith(letters, begins, "authtoken"u8) || EndsWith(letters, begins, "accesstoken"u8)
            || EndsWith(letters, begins, "refreshtoken"u8) || EndsWith(letters, begins, "idtoken"u8)
            || EndsWith(letters, begins, "bearertoken"u8) || EndsWith(letters, begins, "csrftoken"u8)
            || EndsWith(letters, begins, "xsrftoken"u8) || EndsWith(letters, begins, "privatetoken"u8)
            || EndsWith(letters, begins, "vaulttoken"u8) || EndsWith(letters, begins, "apitoken"u8),
        _ => false,
    };

    static bool IsAws(ReadOnlySpan<byte> letters, ulong begins, bool isParameter) => !letters.IsEmpty && letters[^1] switch
    {
        (byte)'y' => EndsWith(letters, begins, "secretaccesskey"u8) || EndsWith(letters, begins, "secretkey"u8),
        (byte)'n' => EndsWith(letters, begins, "sessiontoken"u8) || EndsWith(letters, begins, "securitytoken"u8),
        // A member with another name ending in "signature" is a secret only in a URL, which it signs.
        (byte)'e' => EndsWith(letters, begins, "amzsignature"u8) || (isParameter && EndsWith(letters, begins, "signature"u8)),
        _ => false,
    };

    static bool EndsWith(ReadOnlySpan<byte> letters, ulong begins, ReadOnlySpan<byte> words) =>
        letters.EndsWith(words) && (begins >> (letters.Length - words.Length) & 1) != 0;

    /// <summary>Returns the letters and digits of a name in lower case, and the starts of its words.</summary>
    static int Letters(ReadOnlySpan<byte> name, Span<byte> letters, out ulong begins)
    {
        begins = 0;
        var count = 0;
        var isFirst = true;
        for (var at = 0; at < name.Length; at++)
        {
            var value = name[at];
            if (!char.IsAsciiLetterOrDigit((char)value))
            {
                isFirst = true;
                continue;
            }

            if (isFirst || BeginsWord(name, at))
                begins |= 1UL << count;
            isFirst = false;
            letters[count++] = (byte)(value | 0x20);
        }

        return count;
    }

    /// <summary>Whether a capital letter starts a word: <c>apiKey</c>, <c>AWSSecret</c>.</summary>
    static bool BeginsWord(ReadOnlySpan<byte> name, int at) =>
        char.IsAsciiLetterUpper((char)name[at]) && at > 0
        && (!char.IsAsciiLetterUpper((char)name[at - 1]) || (at + 1 < name.Length && char.IsAsciiLetterLower((char)name[at + 1])));
}
