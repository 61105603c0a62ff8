using System.Text;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// The one header that proves who sends. Never changes. Holds a secret: <see cref="ToString"/> and every exception leave it out.
/// </summary>
internal sealed class Authentication : IRequestAuthenticator
{
    /// <summary>The header of an API key where none is named.</summary>
    public const string DefaultApiKeyHeader = "X-API-Key";

    /// <summary>The header of every other kind.</summary>
    public const string UsualHeader = "Authorization";

    readonly string[] _secrets;

    Authentication(AuthenticationKind kind, string headerName, string headerValue, params string[] secrets)
    {
        if (!HeaderText.IsName(headerName))
            throw new ArgumentException("Not a header; Settings checks names first.", nameof(headerName));

        Kind = kind;
        HeaderName = headerName;
        HeaderValue = headerValue;
        _secrets = secrets;
    }

    /// <summary>No header at all.</summary>
    public static Authentication None { get; } = new(AuthenticationKind.None, UsualHeader, "");

    /// <summary>Which kind it is.</summary>
    public AuthenticationKind Kind { get; }

    /// <summary>The header's name. Means nothing for <see cref="AuthenticationKind.None"/>.</summary>
    public string HeaderName { get; }

    /// <summary>The header's whole value: a secret. Empty for <see cref="AuthenticationKind.None"/> and for what comes later.</summary>
    public string HeaderValue { get; }

    /// <summary>User name and password, RFC 7617, in UTF-8.</summary>
    /// <param name="user">May be empty, must not hold a colon: it would end the name there.</param>
    /// <param name="password">May hold anything.</param>
    /// <exception cref="ArgumentException">There is a colon in the user name.</exception>
    public static Authentication Basic(string user, string password)
    {
        if (user.Contains(':'))
            throw new ArgumentException("A user name must not hold a colon (RFC 7617).", nameof(user));

        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        return new(AuthenticationKind.Basic, UsualHeader, Checked("Basic " + pair), pair, password);
    }

    /// <summary>A bearer token, RFC 6750.</summary>
    /// <param name="token">Visible ASCII.</param>
    /// <exception cref="ArgumentException">It cannot be the value of a header.</exception>
    public static Authentication Bearer(string token) =>
        new(AuthenticationKind.Bearer, UsualHeader, Checked("Bearer " + token), token);

    /// <summary>A key in a header of its own.</summary>
    /// <param name="header">A header name, for example <see cref="DefaultApiKeyHeader"/>.</param>
    /// <param name="key">Visible ASCII.</param>
    /// <param name="prefix">What the header has before the key, its space included; a key that begins with it keeps it as it is.</param>
    /// <exception cref="ArgumentException">Name or key cannot be that of a header.</exception>
    public static Authentication ApiKey(string header, string key, string prefix = "")
    {
        var bare = key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? key[prefix.Length..].TrimStart() : key;
        return new(AuthenticationKind.ApiKey, header, Checked(prefix + bare), bare);
    }

    /// <summary>Kind and header of something that will prove in the place of this, which proves nothing itself.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="header">The header.</param>
    public static Authentication Later(AuthenticationKind kind, string header) => new(kind, header, "");

    /// <inheritdoc/>
    public void Prove(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (HeaderValue.Length > 0)
            request.Add(HeaderName, HeaderValue);
    }

    /// <inheritdoc/>
    public string Hide(string text) => SecretMask.Hide(text, _secrets);

    /// <summary>The kind, as <c>HTTP_AUTH_TYPE</c> has it, and nothing else. Empty: there is none.</summary>
    public override string ToString() => NameOf(Kind);

    /// <summary>A kind, as <c>HTTP_AUTH_TYPE</c> has it. Empty: none.</summary>
    public static string NameOf(AuthenticationKind kind) => kind switch
    {
        AuthenticationKind.Basic => "basic",
        AuthenticationKind.Bearer => "bearer",
        AuthenticationKind.ApiKey => "apikey",
        AuthenticationKind.Sigv4 => "sigv4",
        _ => "",
    };

    static string Checked(string value) => HeaderText.IsValue(value)
        ? value
        : throw new ArgumentException("Not the value of a header; Settings checks that first.", nameof(value));
}
