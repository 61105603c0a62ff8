using System.Security.Cryptography.X509Certificates;

namespace LambdaLogs.Emulator.Destination;

/// <summary>The options of a scripted destination.</summary>
public sealed record DestinationOptions
{
    /// <summary>The port on the loopback address. Default 0: any free port.</summary>
    public int Port { get; init; }

    /// <summary>True for HTTPS.</summary>
    public bool IsTls { get; init; }

    /// <summary>The server certificate with its key. Null: one is generated for localhost and 127.0.0.1.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Requests a client certificate and accepts any.</summary>
    public bool WantsClientCertificate { get; init; }

    /// <summary>A larger body gets the response 413. Null: no limit.</summary>
    public long? MaxBodyBytes { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
