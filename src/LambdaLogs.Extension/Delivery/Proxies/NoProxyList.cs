using System.Net;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>
/// The hosts that are reached without a proxy, as in <c>NO_PROXY</c>: entries separated by commas or spaces. <c>*</c> matches every host;
/// <c>example.com</c> that host and its subdomains; <c>.example.com</c> or <c>*.example.com</c> only its subdomains; <c>10.1.2.3</c> an
/// address; <c>10.0.0.0/8</c> a network. All except the last may have a port. Names are not resolved. Other entries match nothing.
/// </summary>
internal static class NoProxyList
{
    /// <summary>Whether a host is in the list.</summary>
    /// <param name="list">The list.</param>
    /// <param name="host">A name, or an address without brackets.</param>
    /// <param name="port">The port of the request.</param>
    public static bool Contains(ReadOnlySpan<char> list, string host, int port)
    {
        foreach (var range in list.SplitAny(',', ' ', '\t', '\n', '\r'))
        {
            if (Matches(list[range], host, port))
                return true;
        }

        return false;
    }

    static bool Matches(ReadOnlySpan<char> part, string host, int port)
    {
        if (part is "*")
            return true;

        if (part.Contains('/'))
            return IPNetwork.TryParse(part, out var network) && IPAddress.TryParse(host, out var inside)
                && network.Contains(Unmapped(inside));

        if (!TryTakePort(ref part, port))
            return false;

        if (IPAddress.TryParse(part, out var address))
            return IPAddress.TryParse(host, out var other) && Unmapped(other).Equals(Unmapped(address));

        return MatchesName(part, host);
    }

    static bool MatchesName(ReadOnlySpan<char> part, ReadOnlySpan<char> host)
    {
        var onlyBelow = part.StartsWith(".") || part.StartsWith("*.");
        var name = part.TrimStart("*.").TrimEnd('.');
        host = host.TrimEnd('.');
        if (name.IsEmpty || !host.EndsWith(name, StringComparison.OrdinalIgnoreCase))
            return false;

        return host.Length == name.Length ? !onlyBelow : host[^(name.Length + 1)] == '.';
    }

    // Removes a port such as :443, and the brackets of an IPv6 address.
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

    // ::ffff:10.0.0.1 becomes 10.0.0.1.
    static IPAddress Unmapped(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
