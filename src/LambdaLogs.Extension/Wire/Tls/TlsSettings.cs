namespace LambdaLogs.Extension.Wire.Tls;

/// <summary>The TLS settings for one host. Immutable.</summary>
internal sealed record TlsSettings
{
    /// <summary>The host that the certificate must be valid for: a name in ASCII, or an address without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Whether the server's certificate is verified. Default true.</summary>
    public bool VerifiesServer { get; init; } = true;

    /// <summary>Returns the trust anchors for the presented certificates, all in DER. Called during a handshake; must not throw.</summary>
    public required Func<IReadOnlyList<byte[]>, IReadOnlyList<byte[]>> Anchors { get; init; }

    /// <summary>The client certificate, presented if the server asks for one. Null: none.</summary>
    public ClientCertificate? Client { get; init; }
}
