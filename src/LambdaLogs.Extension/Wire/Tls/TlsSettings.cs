namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>How TLS is spoken with one host. Never changes.</summary>
internal sealed record TlsSettings
{
    /// <summary>The host as its certificate has to name it: a name in ASCII, or an address without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Whether the server's certificate is verified. Default yes.</summary>
    public bool Verifies { get; init; } = true;

    /// <summary>
    /// Gives the certificates that may end the chain of those that were presented, all in DER. Called during a handshake; must not throw.
    /// </summary>
    public required Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> Anchors { get; init; }

    /// <summary>The certificate that is presented where the server asks for one. Null: none.</summary>
    public ClientCertificate? Client { get; init; }
}
