using System.Net;
using System.Text;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>
/// Asks a proxy to connect with an endpoint (RFC 9110, section 9.3.6). The framework's own way asks without credentials first, each time,
/// and keeps the proxy's answer to itself.
/// </summary>
internal static class ProxyTunnel
{
    // A proxy that refuses sends a page along; of its head only the first line counts.
    const int LongestHead = 16 * 1024;

    /// <summary>Opens the way. Afterwards the stream is the connection with the endpoint.</summary>
    /// <param name="stream">The connection with the proxy.</param>
    /// <param name="proxy">Whom to ask.</param>
    /// <param name="target">Where to.</param>
    /// <param name="cancel">Ends it at once.</param>
    /// <exception cref="ProxyRefusal">The proxy did not do it.</exception>
    public static async Task OpenAsync(Stream stream, ProxyAddress proxy, DnsEndPoint target, CancellationToken cancel)
    {
        await stream.WriteAsync(Request(proxy, target), cancel).ConfigureAwait(false);
        var status = StatusOf(await ReadHeadAsync(stream, cancel).ConfigureAwait(false));
        if (status is < 200 or > 299)
            throw new ProxyRefusal(status);
    }

    static byte[] Request(ProxyAddress proxy, DnsEndPoint target)
    {
        var host = target.Host.Contains(':') && target.Host[0] != '[' ? $"[{target.Host}]" : target.Host;
        var authority = $"{host}:{target.Port}";
        var request = new StringBuilder($"CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\nUser-Agent: {ProductName.UserAgent}\r\n");
        if (proxy.Authorization is { } credentials)
            request.Append($"Proxy-Authorization: {credentials}\r\n");

        return Encoding.ASCII.GetBytes(request.Append("\r\n").ToString());
    }

    // Byte by byte: what comes behind the head is the endpoint's, and there is no way to give it back. Once in a connection's life.
    static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancel)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < LongestHead && await stream.ReadAsync(one, cancel).ConfigureAwait(false) > 0)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length >= 4 && head[^2] == '\r' && head[^3] == '\n')
                return head.ToString();
        }

        return "";
    }

    // HTTP/1.1 200 Connection established
    static int StatusOf(string head)
    {
        var isHttp = head.StartsWith("HTTP/1.", StringComparison.Ordinal) && head.Length > 12 && head[8] == ' ';
        return isHttp && int.TryParse(head.AsSpan(9, 3), out var status) ? status : 0;
    }
}
