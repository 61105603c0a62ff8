using System.Text;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Authentication by one constant header. Immutable. Contains a secret, which <see cref="ToString"/> and all exceptions leave out.
/// </summary>
internal sealed class Authentication : IRequestAuthenticator
{
    /// <summary>The default header of an API key.</summary>
    public const string DefaultApiKeyHeader = "X-API-Key";

    /// <summary>The header of all other kinds.</summary>
    public const string DefaultHeader = "Authorization";

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

    /// <summary>No authentication.</summary>
    public static Authentication None { get; } = new(AuthenticationKind.None, DefaultHeader, "");

    /// <summary>The kind of authentication.</summary>
    public AuthenticationKind Kind { get; }

    /// <summary>The header's name. Not used for <see cref="AuthenticationKind.None"/>.</summary>
    public string HeaderName { get; }

    /// <summary>
    /// The whole value of the header, a secret. Empty for <see cref="AuthenticationKind.None"/> and for deferred credentials.
    /// </summary>
    public string HeaderValue { get; }

    /// <summary>Basic authentication with user name and password in UTF-8, RFC 7617.</summary>
    /// <param name="user">May be empty. Must not contain a colon, which ends the user name.</param>
    /// <param name="password">Any text.</param>
    /// <exception cref="ArgumentException">The user name contains a colon.</exception>
    public static Authentication Basic(string user, string password)
    {
        if (user.Contains(':'))
            throw new ArgumentException("A user name must not hold a colon (RFC 7617).", nameof(user));

        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        return new(AuthenticationKind.Basic, DefaultHeader, Checked("Basic " + pair), pair, password);
    }

    /// <summary>A bearer token, RFC 6750.</summary>
    /// <param name="token">Visible ASCII.</param>
    /// <exception cref="ArgumentException">The token is not valid in a header.</exception>
    public static Authentication Bearer(string token) =>
        new(AuthenticationKind.Bearer, DefaultHeader, Checked("Bearer " + token), token);

    /// <summary>An API key in a custom header.</summary>
    /// <param name="header">A header name, for example <see cref="DefaultApiKeyHeader"/>.</param>
    /// <param name="key">Visible ASCII.</param>
    /// <param name="prefix">Text before the key, including a space. A key that already starts with it is not changed.</param>
    /// <exception cref="ArgumentException">Name or key is not valid in a header.</exception>
    public static Authentication ApiKey(string header, string key, string prefix = "")
    {
        var bare = key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? key[prefix.Length..].TrimStart() : key;
        return new(AuthenticationKind.ApiKey, header, Checked(prefix + bare), bare);
    }

    /// <summary>A placeholder with kind and header name. The credentials come later from a credentials provider.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="header">The header.</param>
    public static Authentication Deferred(AuthenticationKind kind, string header) => new(kind, header, "");

    /// <inheritdoc/>
    public void Authenticate(HttpRequest request, ReadOnlySpan<byte> body)
    {
        if (HeaderValue.Length > 0)
            request.Add(HeaderName, HeaderValue);
    }

    /// <inheritdoc/>
    public string Redact(string text) => SecretMask.Redact(text, _secrets);

    /// <summary>The kind, as in <c>HTTP_AUTH_TYPE</c>, and nothing else. Empty: none.</summary>
    public override string ToString() => NameOf(Kind);

    /// <summary>A kind, as in <c>HTTP_AUTH_TYPE</c>. Empty: none.</summary>
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
