using System.Globalization;
using System.Text;

namespace LambdaLogs.Extension.Wire.Http;

/// <summary>A request without its body, built up header by header. Its headers may hold secrets: the text form leaves them out.</summary>
/// <param name="method">In capitals.</param>
/// <param name="url">Absolute, http or https.</param>
internal sealed class HttpRequest(string method, Uri url)
{
    readonly List<(string Name, string Value)> _headers = [];

    /// <summary>In capitals.</summary>
    public string Method => method;

    /// <summary>Where it goes.</summary>
    public Uri Url => url;

    /// <summary>All headers but <c>Host</c> and <c>Content-Length</c>, in their order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers => _headers;

    /// <summary>The host as the header of that name has it.</summary>
    public string Host
    {
        get
        {
            var host = url.HostNameType is UriHostNameType.IPv6 ? url.Host : url.IdnHost;
            return url.IsDefaultPort ? host : $"{host}:{url.Port}";
        }
    }

    /// <summary>Adds a header.</summary>
    /// <param name="name">A header name.</param>
    /// <param name="value">Visible ASCII, spaces within.</param>
    public void Add(string name, string value) => _headers.Add((name, value));

    /// <summary>The head as it is sent.</summary>
    /// <param name="bodyLength">Bytes of the body.</param>
    /// <param name="isForProxy">Whether a proxy takes the request: it has to be told the host.</param>
    public byte[] Head(int bodyLength, bool isForProxy = false)
    {
        var target = isForProxy ? $"{url.Scheme}://{Host}{url.PathAndQuery}" : url.PathAndQuery;
        var head = new StringBuilder(512);
        head.Append(method).Append(' ').Append(target).Append(" HTTP/1.1\r\nHost: ").Append(Host).Append("\r\n");
        foreach (var (name, value) in _headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");

        if (method != "GET")
            head.Append("Content-Length: ").Append(bodyLength.ToString(CultureInfo.InvariantCulture)).Append("\r\n");

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    /// <summary>Method and host.</summary>
    public override string ToString() => $"{method} {Host}";
}
