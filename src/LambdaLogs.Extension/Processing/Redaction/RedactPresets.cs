namespace LambdaLogs.Extension.Processing.Redaction;

/// <summary>Kinds of texts that are known by their form.</summary>
[Flags]
internal enum RedactPresets
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>Mail addresses.</summary>
    Email = 1,

    /// <summary>Numbers of payment cards: an issuer's prefix, a length that fits, and the check digit.</summary>
    CreditCard = 2,

    /// <summary>IPv4 addresses.</summary>
    Ipv4 = 4,

    /// <summary>IPv6 addresses.</summary>
    Ipv6 = 8,

    /// <summary>JSON Web Tokens.</summary>
    Jwt = 16,

    /// <summary>Access keys of AWS: ids; secrets, session tokens and signatures of URLs behind their names.</summary>
    AwsKey = 32,

    /// <summary>The token behind <c>Bearer</c>, and what HTTP headers such as <c>Authorization</c> and <c>Cookie</c> hold.</summary>
    Bearer = 64,

    /// <summary>User name and password in a URL.</summary>
    UrlCredentials = 128,

    /// <summary>International bank account numbers: a country, its length, and the check digits.</summary>
    Iban = 256,

    /// <summary>Social security numbers of the USA, with hyphens.</summary>
    UsSsn = 512,

    /// <summary>All of them.</summary>
    All = (UsSsn << 1) - 1,
}
