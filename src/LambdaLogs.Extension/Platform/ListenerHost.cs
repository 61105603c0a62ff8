using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// Which address the telemetry listener binds. Lambda delivers to the name <c>sandbox.localdomain</c>: where that is the loopback
/// address, only loopback is bound; where it may be another one, all are.
/// </summary>
internal static class ListenerHost
{
    const uint Loopback = 0x7F000001;
    const uint Any = 0;

    /// <param name="runtimeApi">
    /// Host and port of Lambda's APIs: what the name most likely stands for where the hosts file does not say.
    /// </param>
    /// <param name="hostsFile">The text of the hosts file; empty where there is none.</param>
    /// <returns>The IPv4 address, as one number.</returns>
    public static uint Find(string runtimeApi, string hostsFile)
    {
        var known = HostsFile.TryFind(hostsFile, "sandbox.localdomain", out var address);
        var host = known ? address : runtimeApi.AsSpan(0, Math.Max(runtimeApi.LastIndexOf(':'), 0));
        var isLoopback = host is "localhost" || (SocketAddress.TryParseIpv4(host, out var ipv4) && ipv4 >> 24 == 127);
        return isLoopback ? Loopback : Any;
    }
}
