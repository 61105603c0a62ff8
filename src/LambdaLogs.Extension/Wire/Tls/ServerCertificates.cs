namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>What a server has presented, in words, and what is wrong with it. Keeps no certificate; never changes.</summary>
internal sealed record ServerCertificates
{
    /// <summary>What is wrong.</summary>
    public required CertificateFaults Faults { get; init; }

    /// <summary>The first fault in OpenSSL's words. Empty: there is none.</summary>
    public required string FaultText { get; init; }

    /// <summary>The hosts that the first certificate is for.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>Who has issued the first.</summary>
    public required string Issuer { get; init; }

    /// <summary>The first moment of the first, in UTC.</summary>
    public required DateTime From { get; init; }

    /// <summary>The last moment of the first, in UTC.</summary>
    public required DateTime Until { get; init; }

    /// <summary>The subjects of all, as they were presented.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }
}
