using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Emulator.Destination;

/// <summary>How a scripted destination is set up.</summary>
public sealed record DestinationOptions
{
    /// <summary>On the loopback address. Default 0: any.</summary>
    public int Port { get; init; }

    /// <summary>HTTPS instead of HTTP.</summary>
    public bool IsTls { get; init; }

    /// <summary>The server's certificate with its key. Null: one is made, for localhost and 127.0.0.1.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Asks for a certificate of the client, and takes any.</summary>
    public bool WantsClientCertificate { get; init; }

    /// <summary>Where the body is larger, the response is 413. Null: no limit.</summary>
    public long? MaxBodyBytes { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
