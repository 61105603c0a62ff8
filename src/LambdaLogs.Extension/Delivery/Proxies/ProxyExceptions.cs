using System.Net;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>
/// The hosts that are reached without a proxy, as in <c>NO_PROXY</c>: parts separated by commas or spaces. <c>*</c> is every host;
/// <c>example.com</c> that host and all below it; <c>.example.com</c> or <c>*.example.com</c> all below it; <c>10.1.2.3</c> an address;
/// <c>10.0.0.0/8</c> a network; each but the last also with a port. Names are not resolved. Parts that are none of these fit nothing.
/// </summary>
internal static class ProxyExceptions
{
    /// <summary>Whether a host is one of them.</summary>
    /// <param name="list">The list.</param>
    /// <param name="host">A name or an address, without brackets.</param>
    /// <param name="port">The port that is asked for.</param>
    public static bool Holds(ReadOnlySpan<char> list, string host, int port)
    {
        foreach (var range in list.SplitAny(',', ' ', '\t', '\n', '\r'))
        {
            if (Fits(list[range], host, port))
                return true;
        }

        return false;
    }

    static bool Fits(ReadOnlySpan<char> part, string host, int port)
    {
        if (part is "*")
            return true;

        if (part.Contains('/'))
            return IPNetwork.TryParse(part, out var network) && IPAddress.TryParse(host, out var inside) && network.Contains(Plain(inside));

        if (!TryTakePort(ref part, port))
            return false;

        if (IPAddress.TryParse(part, out var address))
            return IPAddress.TryParse(host, out var other) && Plain(other).Equals(Plain(address));

        return FitsName(part, host);
    }

    static bool FitsName(ReadOnlySpan<char> part, ReadOnlySpan<char> host)
    {
        var onlyBelow = part.StartsWith(".") || part.StartsWith("*.");
        var name = part.TrimStart("*.").TrimEnd('.');
        host = host.TrimEnd('.');
        if (name.IsEmpty || !host.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            return false;

        return host.Length == name.Length ? !onlyBelow : host[^(name.Length + 1)] == '.';
    }

    // Takes :443 off the end, and the brackets that IPv6 has then.
    static bool TryTakePort(ref ReadOnlySpan<char> part, int port)
    {
        var colon = part.LastIndexOf(':');
        var isPort = colon >= 0 && (part[..colon].EndsWith("]") || part[..colon].IndexOf(':') < 0);
        if (isPort && (!int.TryParse(part[(colon + 1)..], out var wanted) || wanted != port))
            return false;

        part = isPort ? part[..colon] : part;
        if (part.StartsWith("[") && part.EndsWith("]"))
            part = part[1..^1];

        return !part.IsEmpty;
    }

    // ::ffff:10.0.0.1 is 10.0.0.1.
    static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
