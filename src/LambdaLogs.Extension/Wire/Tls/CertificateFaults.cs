namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>Reasons why a server's certificates are not accepted.</summary>
[Flags]
internal enum CertificateFaults
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The server's certificate is for another host.</summary>
    OtherHost = 1,

    /// <summary>A certificate is expired or not valid yet.</summary>
    NotValidNow = 2,

    /// <summary>The chain does not lead to a trusted certificate.</summary>
    NotTrusted = 4,

    /// <summary>The server's certificate was not issued for servers.</summary>
    NotForServers = 8,

    /// <summary>A key is too short, or a signature algorithm is too weak.</summary>
    Weak = 16,

    /// <summary>Another reason.</summary>
    Other = 32,
}
