using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Where batches are sent, and how. Built once by <c>Settings</c>; immutable. Its text form contains no secret.</summary>
internal sealed record DestinationOptions
{
    Uri? _endpoint;

    /// <summary>
    /// The endpoint as text: an absolute http or https URL without user info. Path and query may contain secrets: use
    /// <see cref="EndpointMask"/> to log it.
    /// </summary>
    public required string Url
    {
        get;
        init
        {
            field = value;
            _endpoint = null;
        }
    }

    /// <summary>The path that the format added to an endpoint without one, for messages. Null: none.</summary>
    public string? AddedPath { get; init; }

    /// <summary>The endpoint. Parsed on first use, which is after the cold start: the framework's parser costs 0.1 ms.</summary>
    public Uri Endpoint => _endpoint ??= new Uri(Url, UriKind.Absolute);

    /// <summary>
    /// Time limit of one attempt, including name resolution, connecting, TLS, sending and the response. 100 ms to 300 s, default 30 s.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Method, headers and compression of requests.</summary>
    public RequestOptions Request { get; init; } = new();

    /// <summary>How requests are authenticated. Default: not authenticated.</summary>
    public Authentication Authentication { get; init; } = Authentication.None;

    /// <summary>Authentication that involves AWS, instead of <see cref="Authentication"/>. Null: none.</summary>
    public AwsAuthentication? Aws { get; init; }

    /// <summary>
    /// Trusted certificates instead of the system's: the path of a PEM file, or PEM text. Null: the system's, else the built-in ones.
    /// </summary>
    public string? TlsCa { get; init; }

    /// <summary>The path of the system's CA bundle, from <c>SSL_CERT_FILE</c>. Null: the usual paths.</summary>
    public string? SystemCaFile { get; init; }

    /// <summary>The client certificate: the path of a PEM file, or PEM text. Null: none.</summary>
    public string? TlsCert { get; init; }

    /// <summary>The key of the client certificate: the path of a PEM file, or PEM text. Null: it is in <see cref="TlsCert"/>.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Whether the endpoint's certificate is verified. Default true.</summary>
    public bool TlsVerify { get; init; } = true;

    /// <summary>The configured proxies. Null: none.</summary>
    public ProxyRules? Proxies { get; init; }

    /// <summary>The proxy for the endpoint. Null: none. Computed on each call.</summary>
    public ProxyAddress? Proxy => Proxies?.For(Endpoint, out _);

    /// <summary>Whether the proxy tunnels to the endpoint; otherwise it forwards the requests itself.</summary>
    public bool IsTunnelled => Endpoint.Scheme == "https";

    /// <summary>
    /// Replaces the secrets of the options in a text with <c>***</c>: header values, the endpoint's query and the parts of its path that
    /// may be a key, and the proxy's credentials.
    /// </summary>
    /// <param name="text">Any text, for example the response of an endpoint that echoes the request.</param>
    public string Redact(string text) => SecretMask.Redact(Request.Redact(text), UrlSecrets.Of(Endpoint, Proxy));

    /// <summary>The masked endpoint, and the kind of authentication if there is one.</summary>
    public override string ToString()
    {
        var how = Aws?.ToString() ?? Authentication.ToString();
        return how.Length == 0 ? EndpointMask.Of(Endpoint) : $"{EndpointMask.Of(Endpoint)} ({how})";
    }
}
