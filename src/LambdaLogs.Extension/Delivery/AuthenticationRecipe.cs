namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// How credentials become a header: all of an authentication but its secret, which may come later and change. Never changes itself.
/// </summary>
internal sealed record AuthenticationRecipe
{
    /// <summary>Basic, bearer or a key.</summary>
    public required AuthenticationKind Kind { get; init; }

    /// <summary>The kind, as <c>HTTP_AUTH_TYPE</c> has it.</summary>
    public string KindName => Authentication.NameOf(Kind);

    /// <summary>The user name of <see cref="AuthenticationKind.Basic"/>; holds no colon. Empty: none.</summary>
    public string UserName { get; init; } = "";

    /// <summary>The header of <see cref="AuthenticationKind.ApiKey"/>; a header name.</summary>
    public string HeaderName { get; init; } = Authentication.DefaultApiKeyHeader;

    /// <summary>The header that will be set.</summary>
    public string Header => Kind is AuthenticationKind.ApiKey ? HeaderName : Authentication.UsualHeader;

    /// <summary>What stands before the key of <see cref="AuthenticationKind.ApiKey"/>, its space included. Default: nothing.</summary>
    public string KeyPrefix { get; init; } = "";

    /// <summary>What credentials have to be, as it follows "expected".</summary>
    public string AllowedText => Kind switch
    {
        AuthenticationKind.Bearer => "a token of visible ASCII characters",
        AuthenticationKind.ApiKey => "a key of visible ASCII characters",
        _ => "a password, token or key without line breaks and control characters",
    };

    /// <summary>Makes the header.</summary>
    /// <param name="credentials">The password, token or key.</param>
    /// <returns>Null: these credentials are not <see cref="AllowedText"/>.</returns>
    public Authentication? Make(string credentials) => Kind switch
    {
        AuthenticationKind.Bearer => HeaderText.IsValue(credentials) ? Authentication.Bearer(credentials) : null,
        AuthenticationKind.ApiKey => HeaderText.IsValue(credentials) ? Authentication.ApiKey(HeaderName, credentials, KeyPrefix) : null,
        _ => HasControl(credentials) ? null : Authentication.Basic(UserName, credentials),
    };

    /// <summary>Whether a text holds a control character, a line break for example.</summary>
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
