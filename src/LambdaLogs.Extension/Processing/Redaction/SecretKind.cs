namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>What stands behind a name that says that its value is a secret.</summary>
internal enum SecretKind
{
    /// <summary>The name says no such thing.</summary>
    None,

    /// <summary>One word: a key, a token, a signature.</summary>
    Token,

    /// <summary>The credentials of HTTP's <c>Authorization</c>: a scheme, and what proves who sends.</summary>
    Authorization,

    /// <summary>Cookies: several, with blanks between them.</summary>
    Cookies,
}
