using LambdaLogs.Extension.Processing.Redaction.Detectors;

namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Finds the extent of the secret in the value of a header or parameter without quotes. Pure.</summary>
internal static class HeaderValue
{
    // Source: https://www.iana.org/assignments/http-authschemes, and schemes of well-known services.
    static ReadOnlySpan<byte> Schemes =>
        " basic bearer digest negotiate ntlm hoba mutual oauth dpop gnap vapid privatetoken scram-sha-1 scram-sha-256 "u8;

    static ReadOnlySpan<byte> MoreSchemes =>
        " aws4-hmac-sha256 aws4-ecdsa-p256-sha256 token apikey api-key api-token splunk hawk key sso-key jwt geniekey "u8;

    /// <summary>Returns the length of the authentication scheme and the spaces after it. Zero: there is none.</summary>
    /// <param name="value">The value of an <c>Authorization</c> header.</param>
    public static int SchemeLength(ReadOnlySpan<byte> value)
    {
        const int LongestScheme = 24;
        var end = value.IndexOf((byte)' ');
        if (end is < 1 or > LongestScheme)
            return 0;

        Span<byte> word = stackalloc byte[LongestScheme + 2];
        word[0] = word[end + 1] = (byte)' ';
        for (var index = 0; index < end; index++)
            word[index + 1] = (byte)(char.IsAsciiLetterUpper((char)value[index]) ? value[index] | 0x20 : value[index]);
        if (Schemes.IndexOf(word[..(end + 2)]) < 0 && MoreSchemes.IndexOf(word[..(end + 2)]) < 0)
            return 0;

        while (end < value.Length && value[end] == ' ')
            end++;
        return end < value.Length ? end : 0;
    }

    /// <summary>Returns the end of the value.</summary>
    /// <param name="text">The text, starting with the value.</param>
    /// <param name="kind">The kind of value.</param>
    /// <param name="quote">The quote around both name and value. Zero: none.</param>
    /// <param name="hasScheme">Whether a scheme precedes the text.</param>
    public static int End(ReadOnlySpan<byte> text, SecretKind kind, byte quote, bool hasScheme) => kind switch
    {
        SecretKind.Cookies => CookiesEnd(text, quote),
        SecretKind.Authorization => AuthorizationEnd(text, hasScheme),
        _ => TokenEnd(text),
    };

    static int CookiesEnd(ReadOnlySpan<byte> text, byte quote)
    {
        var end = quote == 0 ? text.IndexOfAny("\r\n\""u8) : text.IndexOfAny((byte)'\r', (byte)'\n', quote);
        return end < 0 ? text.Length : end;
    }

    static int TokenEnd(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny(" \t\r\n\"'\\,;&#<>()[]{}|"u8);
        end = end < 0 ? text.Length : end;
        // An ampersand in a URL that is itself a URL parameter.
        var ampersand = text[..end].IndexOf("%26"u8);
        return ampersand < 0 ? end : ampersand;
    }

    /// <summary>A scheme and a token, or a scheme and comma-separated parameters.</summary>
    static int AuthorizationEnd(ReadOnlySpan<byte> text, bool hasScheme)
    {
        var end = WordEnd(text, 0);
        var mayBeScheme = !hasScheme && !text[..end].Contains((byte)'=');
        if (mayBeScheme && SkipBlanks(text, end) is var second && second > end)
            end = Math.Max(end, WordEnd(text, second));

        while (end < text.Length && text[end] is (byte)',' or (byte)';')
        {
            var next = SkipBlanks(text, end + 1);
            var wordEnd = WordEnd(text, next);
            if (!text[next..wordEnd].Contains((byte)'='))
                break;

            end = wordEnd;
        }

        return end;
    }

    static int SkipBlanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t')
            at++;
        return at;
    }

    /// <summary>Returns the index after a word, or after a parameter with a quoted value.</summary>
    static int WordEnd(ReadOnlySpan<byte> text, int at)
    {
        var end = at;
        for (; end < text.Length; end++)
        {
            var length = text[end..].IndexOfAny(" \t\r\n\"'\\,;<>()[]{}|"u8);
            end = length < 0 ? text.Length : end + length;
            // Text that follows directly is part of the word: a=b;c.
            if (end == text.Length || text[end] is not ((byte)',' or (byte)';') || end + 1 == text.Length || text[end + 1] <= ' ')
                break;
        }

        end = Math.Min(end, text.Length);
        if (end == at || text[end - 1] != '=')
            return end;

        var quote = end;
        while (quote < text.Length && text[quote] == '\\')
            quote++;
        if (quote >= text.Length || text[quote] != '"')
            return end;

        return Math.Min(text.Length, Quotes.End(text, quote + 1, quote - end) + 1);
    }
}
