namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>What is wrong with the certificates that a server has presented.</summary>
[Flags]
internal enum CertificateFaults
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The first is for another host.</summary>
    OtherHost = 1,

    /// <summary>One is not valid now.</summary>
    NotValidNow = 2,

    /// <summary>They do not lead to a trusted certificate.</summary>
    NotTrusted = 4,

    /// <summary>The first was not issued for servers.</summary>
    NotForServers = 8,

    /// <summary>A key is too short, or a signature is of a kind that can be forged.</summary>
    Weak = 16,

    /// <summary>Something else.</summary>
    Other = 32,
}
