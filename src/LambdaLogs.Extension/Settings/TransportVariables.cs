using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Settings;

/// <summary>Declares the variables of requests, TLS and proxies.</summary>
internal static class TransportVariables
{
    /// <summary>See <see cref="RequestOptions.Method"/>.</summary>
    public static readonly Variable Method = new()
    {
        Name = "HTTP_METHOD",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Request,
        Choices = ["POST", "PUT"],
        Summary = "The method of the requests.",
    };

    /// <summary>See <see cref="RequestOptions.Headers"/>.</summary>
    public static readonly Variable Headers = new()
    {
        Name = "HTTP_HEADERS",
        Kind = VariableKind.Text,
        Group = VariableGroup.Request,
        IsSecret = true,
        AllowedWords = "Name=value pairs separated by commas, or one a line, or a JSON object of texts; values are visible ASCII",
        Summary = "Headers added to every request. A value with commas stands in double quotes, or each pair on a line of its own. "
            + "`{function_name}`, `{function_version}`, `{region}`, `{account_id}` and `{tenant_id}` are filled in; a header for which "
            + "that is not known is left out. Values count as secrets: they are never shown.",
    };

    /// <summary>See <see cref="RequestOptions.Compression"/>.</summary>
    public static readonly Variable BodyCompression = new()
    {
        Name = "HTTP_COMPRESSION",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Request,
        Choices = ["none", "gzip"],
        DefaultWords = "none for lambda, else as the format is usually sent",
        Summary = "How bodies are compressed. Every limit of a size counts what it was before.",
    };

    /// <summary>See <see cref="RequestOptions.WantsOtherVersion"/>.</summary>
    public static readonly Variable Version = new()
    {
        Name = "HTTP_VERSION",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Request,
        Choices = ["1.1", "auto", "2"],
        Summary = "HTTP/1.1 is used, whatever this says: another version would not be faster with one request at a time. "
            + "The variable is known so that settings of a former release keep working.",
    };

    /// <summary>See <see cref="DestinationOptions.TlsCert"/>.</summary>
    public static readonly Variable TlsCert = new()
    {
        Name = "HTTP_TLS_CERT",
        Kind = VariableKind.Text,
        Group = VariableGroup.Tls,
        IsSecret = true,
        AllowedWords = "the path of a PEM file, or PEM text",
        Summary = "The extension's client certificate (mutual TLS), followed by those above it that the "
            + "endpoint may not know. May hold the key as well.",
    };

    /// <summary>See <see cref="DestinationOptions.TlsKey"/>.</summary>
    public static readonly Variable TlsKey = new()
    {
        Name = "HTTP_TLS_KEY",
        Kind = VariableKind.Text,
        Group = VariableGroup.Tls,
        IsSecret = true,
        DefaultWords = "the key in HTTP_TLS_CERT",
        AllowedWords = "the path of a PEM file, or PEM text",
        Summary = "The key of that certificate: RSA or EC, not encrypted. Never shown in any log.",
    };

    /// <summary>See <see cref="DestinationOptions.TlsVerify"/>.</summary>
    public static readonly Variable TlsVerify = new()
    {
        Name = "HTTP_TLS_VERIFY",
        Kind = VariableKind.Flag,
        Group = VariableGroup.Tls,
        Default = 1,
        Summary = "`false` takes any certificate of the endpoint, and every start warns of it: anyone on the way can then read logs and "
            + "credentials. For an endpoint with a certificate of its own making set `HTTP_TLS_CA` instead.",
    };

    /// <summary>See <see cref="ProxyRules.Https"/>.</summary>
    public static readonly Variable HttpsProxy = Proxy(
        "HTTPS_PROXY",
        "The proxy for an https endpoint. It is asked for a tunnel (CONNECT) and sees nothing of the requests.");

    /// <summary>See <see cref="ProxyRules.Http"/>.</summary>
    public static readonly Variable HttpProxy = Proxy(
        "HTTP_PROXY",
        "The proxy for an http endpoint. Ignored where `REQUEST_METHOD` is set: there a client could have sent it (CGI).");

    /// <summary>See <see cref="ProxyRules"/>.</summary>
    public static readonly Variable AllProxy = Proxy("ALL_PROXY", "The proxy for either, where the variable above is not set.");

    /// <summary>See <see cref="ProxyRules.Exceptions"/>.</summary>
    public static readonly Variable NoProxy = new()
    {
        Name = "NO_PROXY",
        Kind = VariableKind.Text,
        Group = VariableGroup.Proxy,
        AllowedWords = "names, addresses and networks such as example.com,.internal,10.0.0.0/8,logs:8080 or *",
        Summary = "Hosts that are reached without a proxy. `example.com` is that host and all below it, `.example.com` only those below "
            + "it. Loopback and link-local addresses, Lambda's own among them, are always reached without one.",
    };

    static Variable Proxy(string name, string meaning) => new()
    {
        Name = name,
        Kind = VariableKind.Text,
        Group = VariableGroup.Proxy,
        IsSecret = true,
        AllowedWords = "http://host:port, with user:password@ before the host where the proxy asks for them (%40 for @)",
        Summary = meaning + " The name in lower case comes first.",
    };
}
