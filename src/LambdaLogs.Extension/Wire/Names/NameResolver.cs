using System.Net;

namespace LambdaLogs.Extension.Wire.Names;

/// <summary>
/// Resolves host names: numeric addresses, the hosts file, then the name servers of <c>resolv.conf</c>. Every wait ends at the caller's
/// limit, which is not possible with the C library. Caches nothing except which server responded last. For one thread.
/// </summary>
/// <param name="readFile">Returns a file's text; empty if it cannot be read.</param>
/// <param name="change">Modifies the settings, for tests with other ports. Null: no change.</param>
internal sealed class NameResolver(Func<string, string> readFile, Func<ResolverSettings, ResolverSettings>? change = null)
{
    const int AddressesMax = 8;

    int _firstServer;

    /// <summary>Resolves a host.</summary>
    /// <param name="host">A name, or an address without brackets.</param>
    /// <param name="port">The port for the addresses.</param>
    /// <param name="limit">Limits the whole operation.</param>
    /// <param name="failure">Why there is no address.</param>
    /// <returns>At most eight addresses in the order in which to try them. Empty: none.</returns>
    public IReadOnlyList<SocketAddress> Resolve(string host, ushort port, WaitLimit limit, out WireFailure failure)
    {
        failure = default;
        if (IPAddress.TryParse(host, out var literal))
            return [SocketAddress.FromIpAddress(literal, port)];

        var name = host.EndsWith('.') ? host[..^1] : host;
        failure = new WireFailure(WireFault.NameNotFound);
        if (!HostName.IsValid(name))
            return [];

        var listed = HostsFile.FindAll(readFile("/etc/hosts"), name);
        if (listed.Count > 0)
            return Ordered(listed, port);
        if (HostName.IsLocal(name))
            return Ordered([IPAddress.Loopback, IPAddress.IPv6Loopback], port);

        var settings = ResolverSettings.Parse(readFile("/etc/resolv.conf"));
        settings = change?.Invoke(settings) ?? settings;
        foreach (var candidate in Candidates(name, isWhole: host.EndsWith('.'), settings))
        {
            var lookup = QueryServers(candidate, settings, limit, ref failure);
            if (lookup is { HasAny: true })
            {
                failure = default;
                return Ordered(lookup.Addresses(), port);
            }

            if (failure.Fault is WireFault.Interrupted or WireFault.TimedOut)
                break;
        }

        return [];
    }

    /// <summary>The complete names to look up, in order.</summary>
    static IEnumerable<string> Candidates(string name, bool isWhole, ResolverSettings settings)
    {
        var asItStands = isWhole || name.AsSpan().Count('.') >= settings.MinDots;
        if (asItStands)
            yield return name;

        if (isWhole)
            yield break;

        foreach (var suffix in settings.Suffixes)
        {
            if (HostName.IsValid($"{name}.{suffix}"))
                yield return $"{name}.{suffix}";
        }

        if (!asItStands)
            yield return name;
    }

    /// <summary>Asks one server after another until one knows the name.</summary>
    NameLookup? QueryServers(string name, ResolverSettings settings, WaitLimit limit, ref WireFailure failure)
    {
        var tries = settings.Servers.Count * settings.Attempts;
        for (var attempt = 0; attempt < tries; attempt++)
        {
            // The remaining time is divided, so that one unresponsive server does not use up the time of the others.
            var share = limit.Remaining / (tries - attempt);
            var server = (_firstServer + attempt) % settings.Servers.Count;
            var lookup = new NameLookup(settings.Servers[server], name, limit.AtMost(share < settings.Timeout ? share : settings.Timeout));
            var outcome = lookup.Run(settings.UsesTcp);
            if (outcome is DnsOutcome.Found or DnsOutcome.NoName)
            {
                _firstServer = server;
                failure = new WireFailure(WireFault.NameNotFound);
                return lookup;
            }

            failure = new WireFailure(WireFault.NameServer);
            if (limit.IsOver)
            {
                failure = new WireFailure(limit.Remaining == TimeSpan.Zero ? WireFault.TimedOut : WireFault.Interrupted);
                break;
            }
        }

        return null;
    }

    /// <summary>
    /// Sorts reachable addresses first, IPv6 and IPv4 alternating, so that a broken protocol costs only a short delay; RFC 8305, section
    /// 4.
    /// </summary>
    static List<SocketAddress> Ordered(IReadOnlyList<IPAddress> found, ushort port)
    {
        List<SocketAddress> ipv6 = [], ipv4 = [], noWay = [];
        foreach (var address in found)
        {
            var place = SocketAddress.FromIpAddress(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
            using var way = place.Family == LibC.AddressFamilyIpv6 ? DatagramSocket.Open(place) : null;
            (place.Family == LibC.AddressFamilyIpv4 ? ipv4 : way is null ? noWay : ipv6).Add(place);
        }

        List<SocketAddress> ordered = [];
        for (var at = 0; at < Math.Max(ipv6.Count, ipv4.Count); at++)
        {
            if (at < ipv6.Count)
                ordered.Add(ipv6[at]);
            if (at < ipv4.Count)
                ordered.Add(ipv4[at]);
        }

        ordered.AddRange(noWay);
        return ordered.Count > AddressesMax ? ordered[..AddressesMax] : ordered;
    }
}
