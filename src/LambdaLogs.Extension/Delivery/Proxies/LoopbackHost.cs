using System.Net;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>Recognises hosts that are this machine.</summary>
internal static class LoopbackHost
{
    /// <summary>Whether a host is <c>localhost</c>, a subdomain of it, or a loopback address.</summary>
    /// <param name="host">A name, or an address without brackets.</param>
    public static bool IsLoopback(string host)
    {
        var name = host.AsSpan().TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
