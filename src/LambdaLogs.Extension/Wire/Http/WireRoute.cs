namespace LambdaLogs.Extension.Wire.Http;

/// <summary>A proxy between the extension and a host.</summary>
/// <param name="Host">A name in ASCII, or an address without brackets.</param>
/// <param name="Port">Its port.</param>
/// <param name="Authorization">The value of <c>Proxy-Authorization</c>, a secret. Null: none.</param>
internal sealed record WireProxy(string Host, ushort Port, string? Authorization)
{
    /// <summary>Host and port only.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>How to reach a host. Immutable.</summary>
internal sealed record WireRoute
{
    /// <summary>A name in ASCII, or an address without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required ushort Port { get; init; }

    /// <summary>The proxy. Null: none.</summary>
    public WireProxy? Proxy { get; init; }

    /// <summary>Whether the proxy tunnels to the host; otherwise it forwards the requests itself.</summary>
    public bool IsTunnelled { get; init; }

    /// <summary>Whether requests are sent to the proxy itself.</summary>
    public bool IsForwardedByProxy => Proxy is not null && !IsTunnelled;

    /// <summary>The User-Agent for the proxy.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>Host and port as in a request, with an IPv6 address in brackets.</summary>
    public string Authority => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
