using LambdaLogs.Extension.Tests.Fakes.Delivery;

namespace LambdaLogs.Extension.Tests.Wire.Tls;

/// <summary>Certificates of a server, and what is to be made of them.</summary>
/// <param name="What">The case in words.</param>
/// <param name="Refusal">How the explanation in the log begins. Null: the server is accepted.</param>
/// <param name="Chain">The root, those below it, and the server's own; a single one signs itself.</param>
internal sealed record ChainCase(string What, string? Refusal, params CertificatePlan[] Chain)
{
    /// <summary>The host of the endpoint.</summary>
    public string Host { get; init; } = "logs.test";

    /// <summary>Which of the chain the server sends behind its own. Null: all but the root.</summary>
    public int[]? Sent { get; init; }

    /// <summary>Which of the chain are in HTTP_TLS_CA.</summary>
    public int[] Trusted { get; init; } = [0];

    /// <summary>A root of the same name and another key is trusted in place of the chain's own.</summary>
    public bool IsRootForged { get; init; }

    /// <summary>With TLS 1.2 the server itself sees that it has no key for the handshake.</summary>
    public bool IsNewOnly { get; init; }
}
