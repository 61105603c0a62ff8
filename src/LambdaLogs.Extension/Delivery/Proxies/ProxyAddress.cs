using System.Text;

namespace LambdaLogs.Extension.Delivery.Proxies;

/// <summary>The address of a proxy. Immutable. Its text form contains no secret.</summary>
internal sealed class ProxyAddress
{
    readonly string? _credentials;

    ProxyAddress(string variable, Uri uri)
    {
        Variable = variable;
        Host = uri.Host.Trim('[', ']');
        Port = uri.Port;
        Uri = new UriBuilder("http", uri.Host, uri.Port).Uri;
        _credentials = uri.UserInfo.Length == 0 ? null : Uri.UnescapeDataString(uri.UserInfo);
    }

    /// <summary>The variable that configures it, for messages.</summary>
    public string Variable { get; }

    /// <summary>A name, or an address without brackets.</summary>
    public string Host { get; }

    /// <summary>1 to 65535; 80 if none was given.</summary>
    public int Port { get; }

    /// <summary>Scheme, host and port.</summary>
    public Uri Uri { get; }

    /// <summary>The value of <c>Proxy-Authorization</c>, a secret. Null: no credentials.</summary>
    public string? Authorization =>
        _credentials is null ? null : "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(_credentials));

    /// <summary>What must not be logged: the password and the header's value.</summary>
    public IReadOnlyList<string> Secrets => _credentials is null
        ? []
        : [Authorization!["Basic ".Length..], _credentials, _credentials[(_credentials.IndexOf(':') + 1)..]];

    /// <summary>Parses the value of a variable: <c>http://user:password@host:port</c>, of which only the host is required.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="text">The value, trimmed.</param>
    /// <returns>Null: it is not a usable proxy address.</returns>
    public static ProxyAddress? Parse(string variable, string text)
    {
        var url = text.Contains("://", StringComparison.Ordinal) ? text : "http://" + text;
        var isProxy = Uri.TryCreate(url, UriKind.Absolute, out var uri)
            && uri is { Scheme: "http", Host.Length: > 0, Port: > 0, PathAndQuery: "/", Fragment: "" };
        return isProxy && Ascii.IsValid(uri!.Host) ? new ProxyAddress(variable, uri) : null;
    }

    /// <summary>Host and port.</summary>
    public override string ToString() => Uri.Authority is var authority && Port == 80 ? authority + ":80" : authority;
}
