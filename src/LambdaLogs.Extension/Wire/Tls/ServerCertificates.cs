namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>Describes the certificates that a server presented, and their faults. Keeps no certificate; immutable.</summary>
internal sealed record ServerCertificates
{
    /// <summary>The faults.</summary>
    public required CertificateFaults Faults { get; init; }

    /// <summary>OpenSSL's text for the first fault. Empty: none.</summary>
    public required string FaultText { get; init; }

    /// <summary>The hosts of the server's certificate.</summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The issuer of the server's certificate.</summary>
    public required string Issuer { get; init; }

    /// <summary>Start of the validity of the server's certificate, in UTC.</summary>
    public required DateTime NotBefore { get; init; }

    /// <summary>End of the validity of the server's certificate, in UTC.</summary>
    public required DateTime NotAfter { get; init; }

    /// <summary>The subjects of all certificates, in the order presented.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }
}
