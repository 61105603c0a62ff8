using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Chooses the address that the telemetry listener binds. Lambda delivers to the name <c>sandbox.localdomain</c>: if that is the loopback
/// address, only loopback is bound; otherwise all addresses.
/// </summary>
internal static class ListenerHost
{
    const uint Loopback = 0x7F000001;
    const uint Any = 0;

    /// <param name="runtimeApi">Host and port of Lambda's APIs, used as a hint if the hosts file does not have the name.</param>
    /// <param name="hostsFile">The text of the hosts file; empty if there is none.</param>
    /// <returns>The IPv4 address as one number.</returns>
    public static uint Find(string runtimeApi, string hostsFile)
    {
        var known = HostsFile.TryFind(hostsFile, "sandbox.localdomain", out var address);
        var host = known ? address : runtimeApi.AsSpan(0, Math.Max(runtimeApi.LastIndexOf(':'), 0));
        var isLoopback = host is "localhost" || (SocketAddress.TryParseIpv4(host, out var ipv4) && ipv4 >> 24 == 127);
        return isLoopback ? Loopback : Any;
    }
}
