namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// How credentials become a header: all parts of an authentication except the secret, which may be fetched later and change. Immutable.
/// </summary>
internal sealed record AuthenticationRecipe
{
    /// <summary>Basic, bearer or API key.</summary>
    public required AuthenticationKind Kind { get; init; }

    /// <summary>The kind, as in <c>HTTP_AUTH_TYPE</c>.</summary>
    public string KindName => Authentication.NameOf(Kind);

    /// <summary>The user name of <see cref="AuthenticationKind.Basic"/>, without a colon. May be empty.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The header of <see cref="AuthenticationKind.ApiKey"/>.</summary>
    public string HeaderName { get; init; } = Authentication.DefaultApiKeyHeader;

    /// <summary>The header that is set.</summary>
    public string Header => Kind is AuthenticationKind.ApiKey ? HeaderName : Authentication.DefaultHeader;

    /// <summary>Text before the key of <see cref="AuthenticationKind.ApiKey"/>, including a space. Default: empty.</summary>
    public string KeyPrefix { get; init; } = "";

    /// <summary>The accepted form of credentials, as it follows "expected".</summary>
    public string AllowedText => Kind switch
    {
        AuthenticationKind.Bearer => "a token of visible ASCII characters",
        AuthenticationKind.ApiKey => "a key of visible ASCII characters",
        _ => "a password, token or key without line breaks and control characters",
    };

    /// <summary>Creates the authentication.</summary>
    /// <param name="credentials">The password, token or key.</param>
    /// <returns>Null: the credentials are not <see cref="AllowedText"/>.</returns>
    public Authentication? Create(string credentials) => Kind switch
    {
        AuthenticationKind.Bearer => HeaderText.IsValue(credentials) ? Authentication.Bearer(credentials) : null,
        AuthenticationKind.ApiKey => HeaderText.IsValue(credentials) ? Authentication.ApiKey(HeaderName, credentials, KeyPrefix) : null,
        _ => HasControl(credentials) ? null : Authentication.Basic(UserName, credentials),
    };

    /// <summary>Whether a text contains a control character such as a line break.</summary>
    /// <param name="text">Any text.</param>
    public static bool HasControl(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (char.IsControl(character))
                return true;
        }

        return false;
    }
}
