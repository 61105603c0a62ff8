using System.Net;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>
/// Which proxy is used for which host, from the usual variables. Built once by <c>Settings</c>; immutable. Its text form contains no
/// secret.
/// </summary>
internal sealed record ProxyRules
{
    /// <summary>The variable and its value for https. Null: none.</summary>
    public (string Variable, string Text)? Https { get; init; }

    /// <summary>The variable and its value for http. Null: none.</summary>
    public (string Variable, string Text)? Http { get; init; }

    /// <summary>Hosts that are reached without a proxy; see <see cref="NoProxyList"/>. Empty: none.</summary>
    public string Exceptions { get; init; } = "";

    /// <summary>Returns the proxy for an endpoint.</summary>
    /// <param name="endpoint">An absolute URL, http or https.</param>
    /// <param name="unusable">The variable whose value is not a usable proxy address. Null: there is no such mistake.</param>
    /// <returns>Null: no proxy is used.</returns>
    public ProxyAddress? For(Uri endpoint, out string? unusable)
    {
        unusable = null;
        if ((endpoint.Scheme == "https" ? Https : Http) is not { } named)
            return null;

        var host = endpoint.Host.Trim('[', ']');
        if (IsLocal(host) || NoProxyList.Contains(Exceptions, host, endpoint.Port))
            return null;

        var proxy = ProxyAddress.Parse(named.Variable, named.Text);
        unusable = proxy is null ? named.Variable : null;
        return proxy;
    }

    /// <summary>Whether a host is this environment or Lambda itself, which a proxy cannot reach.</summary>
    /// <param name="host">A name, or an address without brackets.</param>
    static bool IsLocal(string host)
    {
        if (LoopbackHost.IsLoopback(host) || host.Equals("sandbox.localdomain", StringComparison.OrdinalIgnoreCase))
            return true;

        // Link-local: the addresses of Lambda's own interfaces and of container credentials.
        return IPAddress.TryParse(host, out var address) && (address.IsIPv6LinkLocal || NoProxyList.Contains("169.254.0.0/16", host, 0));
    }

    /// <summary>Whether any proxy is configured.</summary>
    public override string ToString() => Https is null && Http is null ? "no proxy" : "a proxy";
}
