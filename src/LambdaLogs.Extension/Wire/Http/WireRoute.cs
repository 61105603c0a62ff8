namespace LambdaLogs.Extension.Wire.Http;

/// <summary>A proxy on the way to a host.</summary>
/// <param name="Host">A name in ASCII, or an address without brackets.</param>
/// <param name="Port">Its port.</param>
/// <param name="Authorization">The value of <c>Proxy-Authorization</c>: a secret. Null: none.</param>
internal sealed record WireProxy(string Host, ushort Port, string? Authorization)
{
    /// <summary>Host and port and nothing else.</summary>
    public override string ToString() => $"{Host}:{Port}";
}

/// <summary>The way to a host. Never changes.</summary>
internal sealed record WireRoute
{
    /// <summary>A name in ASCII, or an address without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required ushort Port { get; init; }

    /// <summary>The proxy on the way. Null: none.</summary>
    public WireProxy? Proxy { get; init; }

    /// <summary>Whether the proxy leads to the host by a tunnel, and else takes the requests itself.</summary>
    public bool IsTunnelled { get; init; }

    /// <summary>Whether requests go to the proxy itself.</summary>
    public bool EndsAtProxy => Proxy is not null && !IsTunnelled;

    /// <summary>How we name ourselves to the proxy.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>The host as a request names it: an IPv6 address in brackets, and the port.</summary>
    public string Authority => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
