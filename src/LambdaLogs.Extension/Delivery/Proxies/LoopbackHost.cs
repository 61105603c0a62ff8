using System.Net;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>Tells hosts that are this machine: what goes there crosses no network.</summary>
internal static class LoopbackHost
{
    /// <summary>Whether a host is <c>localhost</c>, a name below it, or an address of the loopback interface.</summary>
    /// <param name="host">A name or an address, without brackets.</param>
    public static bool Is(string host)
    {
        var name = host.AsSpan().TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
