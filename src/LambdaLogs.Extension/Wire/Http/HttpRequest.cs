using System.Globalization;
using System.Text;

namespace LambdaLogs.Extension.Wire.Http;

/// <summary>A request without its body. Its headers may contain secrets: the text form leaves them out.</summary>
/// <param name="method">The HTTP method in capitals.</param>
/// <param name="url">An absolute http or https URL.</param>
internal sealed class HttpRequest(string method, Uri url)
{
    readonly List<(string Name, string Value)> _headers = [];

    /// <summary>The HTTP method in capitals.</summary>
    public string Method => method;

    /// <summary>The URL.</summary>
    public Uri Url => url;

    /// <summary>All headers except <c>Host</c> and <c>Content-Length</c>, in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers => _headers;

    /// <summary>The value of the <c>Host</c> header.</summary>
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
    /// <param name="value">Visible ASCII and spaces.</param>
    public void Add(string name, string value) => _headers.Add((name, value));

    /// <summary>Returns the head as it is sent.</summary>
    /// <param name="bodyLength">Bytes of the body.</param>
    /// <param name="isForProxy">Whether a proxy forwards the request: the request line then has the whole URL.</param>
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
