namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Kinds of text that are recognised by their form.</summary>
[Flags]
internal enum RedactPresets
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Email addresses.</summary>
    Email = 1,

    /// <summary>Payment card numbers: an issuer's prefix, a valid length and check digit.</summary>
    CreditCard = 2,

    /// <summary>IPv4 addresses.</summary>
    Ipv4 = 4,

    /// <summary>IPv6 addresses.</summary>
    Ipv6 = 8,

    /// <summary>JSON Web Tokens.</summary>
    Jwt = 16,

    /// <summary>AWS access key ids; secret keys, session tokens and URL signatures by their names.</summary>
    AwsKey = 32,

    /// <summary>The token after <c>Bearer</c>, and the values of HTTP headers such as <c>Authorization</c> and <c>Cookie</c>.</summary>
    Bearer = 64,

    /// <summary>User name and password in a URL.</summary>
    UrlCredentials = 128,

    /// <summary>International bank account numbers: country, length and check digits.</summary>
    Iban = 256,

    /// <summary>US social security numbers with hyphens.</summary>
    UsSsn = 512,

    /// <summary>All kinds.</summary>
    All = (UsSsn << 1) - 1,
}
