using System.Text;
using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// Corrects common mistakes in credentials: quotes, an included scheme, user name and password together. The intended value is used and
/// the mistake reported; no message contains a part of the credentials.
/// </summary>
/// <param name="reader">The environment; collects the problems.</param>
internal sealed class CredentialsNormalizer(EnvironmentReader reader)
{
    /// <summary>The user name that the credentials contain. Null: none.</summary>
    public string? UserName { get; private set; }

    /// <summary>Reads the credentials.</summary>
    /// <param name="kind">The kind of authentication.</param>
    /// <param name="text">The variable's value.</param>
    /// <param name="keyHeader">The header of a key that the format has. Null: the default.</param>
    /// <returns>The password, token or key.</returns>
    public string Read(AuthenticationKind kind, string text, string? keyHeader)
    {
        var plain = WithoutQuotes(kind, text);
        if (IsUnfilled(plain))
            Report("the credentials themselves, which this looks like a placeholder for", "they are sent unchanged");

        return kind switch
        {
            AuthenticationKind.Basic => Basic(plain),
            AuthenticationKind.Bearer => Bearer(plain),
            _ => Key(plain, reader.Text(HttpVariables.AuthHeaderName) ?? keyHeader ?? Authentication.DefaultApiKeyHeader),
        };
    }

    string Bearer(string text)
    {
        const string Allowed = "the token alone";
        var token = WithoutScheme(text, "Bearer", Allowed, "the word Bearer is sent once");
        if (token.Contains(' ') && !IsUnfilled(token))
        {
            Report(
                Allowed + " (for another word than Bearer HTTP_AUTH_TYPE=apikey, with HTTP_AUTH_HEADER_NAME=Authorization)",
                "all of it is sent after the word Bearer");
        }

        return token;
    }

    string Key(string text, string header)
    {
        var isNamed = text.Length > header.Length + 1 && text.StartsWith(header, StringComparison.OrdinalIgnoreCase);
        if (!isNamed || text[header.Length] is not (':' or '='))
            return text;

        Report("the key alone", $"what stands after {header}{text[header.Length]} is the key");
        return text[(header.Length + 1)..].TrimStart();
    }

    // ${TOKEN}, {{resolve:secretsmanager:x}}, <your token>: somebody's tool was to put the credentials there.
    static bool IsUnfilled(string text) => (text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}'))
        || (text.StartsWith("{{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal))
        || (text.StartsWith('<') && text.EndsWith('>'));

    string WithoutQuotes(AuthenticationKind kind, string text)
    {
        var plain = ListSplitter.WithoutQuotes(text);
        if (plain == text)
            return text;

        // A password may contain quotes.
        var isKept = kind is AuthenticationKind.Basic;
        Report("them without quotes around them", isKept ? "they are sent with the quotes" : "they are sent without the quotes");
        return isKept ? text : plain;
    }

    string WithoutScheme(string text, string scheme, string allowed, string used)
    {
        const string Header = "Authorization:";
        var plain = text.StartsWith(Header, StringComparison.OrdinalIgnoreCase) ? text[Header.Length..].TrimStart() : text;
        var isLong = plain.Length > scheme.Length + 1 && plain.StartsWith(scheme, StringComparison.OrdinalIgnoreCase);
        if (!isLong || plain[scheme.Length] is not (' ' or ':'))
            return text;

        Report(allowed, used);
        return plain[(scheme.Length + 1)..].TrimStart();
    }

    string Basic(string text)
    {
        const string Allowed = "the password alone, and the user name in HTTP_AUTH_USERNAME";
        var pair = Encoded(WithoutScheme(text, "Basic", Allowed, "they are read as the header has them")) ?? text;
        var colon = pair.IndexOf(':');
        if (reader.Text(HttpVariables.AuthUserName) is { } user)
        {
            if (!pair.StartsWith(user + ":", StringComparison.Ordinal))
                return text;

            Report(Allowed, "what stands before the colon is left out");
            return pair[(user.Length + 1)..];
        }

        if (colon < 1 || AuthenticationRecipe.HasControl(pair.AsSpan(0, colon)))
            return text;

        UserName = pair[..colon];
        if (pair == text)
            Report(Allowed, "what stands before the colon is the user name");
        return pair[(colon + 1)..];

        string? Encoded(string plain)
        {
            var bytes = new byte[plain.Length];
            if (plain == text)
                return null;

            return Convert.TryFromBase64String(plain, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : plain;
        }
    }

    void Report(string allowed, string used) => reader.Problem(HttpVariables.AuthCredentials, allowed, used);
}
