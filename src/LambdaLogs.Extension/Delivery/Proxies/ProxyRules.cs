using System.Net;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>
/// Which proxy leads to which host, as the usual variables say. Built once by <c>Settings</c>; never changes. Its text form holds no
/// secret.
/// </summary>
internal sealed record ProxyRules
{
    /// <summary>For https: the variable that names it, and its text. Null: none.</summary>
    public (string Variable, string Text)? Https { get; init; }

    /// <summary>For http: the variable that names it, and its text. Null: none.</summary>
    public (string Variable, string Text)? Http { get; init; }

    /// <summary>Hosts that are reached without a proxy; see <see cref="ProxyExceptions"/>. Empty: none.</summary>
    public string Exceptions { get; init; } = "";

    /// <summary>The proxy on the way to an endpoint.</summary>
    /// <param name="endpoint">An absolute URL, http or https.</param>
    /// <param name="unusable">The variable that should name the proxy and does not. Null: there is no such mistake.</param>
    /// <returns>Null: there is none on the way.</returns>
    public ProxyAddress? For(Uri endpoint, out string? unusable)
    {
        unusable = null;
        if ((endpoint.Scheme == "https" ? Https : Http) is not { } named)
            return null;

        var host = endpoint.Host.Trim('[', ']');
        if (IsHere(host) || ProxyExceptions.Holds(Exceptions, host, endpoint.Port))
            return null;

        var proxy = ProxyAddress.Parse(named.Variable, named.Text);
        unusable = proxy is null ? named.Variable : null;
        return proxy;
    }

    /// <summary>Whether a host is this sandbox, or Lambda beside it: a proxy would look for itself there.</summary>
    /// <param name="host">A name or an address, without brackets.</param>
    static bool IsHere(string host)
    {
        if (LoopbackHost.Is(host) || host.Equals("sandbox.localdomain", StringComparison.OrdinalIgnoreCase))
            return true;

        // Link-local: where Lambda's own interfaces and the credentials of containers are.
        return IPAddress.TryParse(host, out var address) && (address.IsIPv6LinkLocal || ProxyExceptions.Holds("169.254.0.0/16", host, 0));
    }

    /// <summary>Whether there are any.</summary>
    public override string ToString() => Https is null && Http is null ? "no proxy" : "a proxy";
}
