namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>The kind of secret that a name announces.</summary>
internal enum SecretKind
{
    /// <summary>The name does not announce a secret.</summary>
    None,

    /// <summary>One word: a key, a token, a signature.</summary>
    Token,

    /// <summary>The value of an HTTP <c>Authorization</c> header: a scheme and credentials.</summary>
    Authorization,

    /// <summary>Cookies: several, separated by spaces.</summary>
    Cookies,
}
