using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Delivery.Proxies;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Where batches go and how they get there. Built once by <c>Settings</c>; never changes. Its text form holds no secret.</summary>
internal sealed record DestinationOptions
{
    Uri? _endpoint;

    /// <summary>
    /// The endpoint as text: an absolute URL, http or https, without user info. Its path and query may hold secrets: say
    /// <see cref="EndpointMask"/>.
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

    /// <summary>The path that the format has added to an endpoint without one, for people. Null: none.</summary>
    public string? AddedPath { get; init; }

    /// <summary>The endpoint. Parsed at the first use, which is not in the cold start: the framework's parser costs 0.1 ms there.</summary>
    public Uri Endpoint => _endpoint ??= new Uri(Url, UriKind.Absolute);

    /// <summary>
    /// Bound of one attempt, name resolution, connecting, TLS, sending and the response included. 100 ms to 300 s, default 30 s.
    /// </summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How requests look.</summary>
    public RequestOptions Request { get; init; } = new();

    /// <summary>How a request proves who sends it. Default: not at all.</summary>
    public Authentication Authentication { get; init; } = Authentication.None;

    /// <summary>An authenticator that needs AWS, instead of <see cref="Authentication"/>. Null: none.</summary>
    public AwsAuthentication? Aws { get; init; }

    /// <summary>
    /// Certificates to trust instead of the system's: the path of a PEM file, or PEM text. Null: the system's, else those built in.
    /// </summary>
    public string? TlsCa { get; init; }

    /// <summary>The system's bundle where it is not at a usual place, a path, from <c>SSL_CERT_FILE</c>. Null: the usual places.</summary>
    public string? SystemCaFile { get; init; }

    /// <summary>The certificate that we present: the path of a PEM file, or PEM text. Null: none.</summary>
    public string? TlsCert { get; init; }

    /// <summary>Its key: the path of a PEM file, or PEM text. Null: it is in <see cref="TlsCert"/>.</summary>
    public string? TlsKey { get; init; }

    /// <summary>Whether the endpoint's certificate is checked. Default true.</summary>
    public bool TlsVerify { get; init; } = true;

    /// <summary>The proxies there are. Null: none.</summary>
    public ProxyRules? Proxies { get; init; }

    /// <summary>The proxy on the way to the endpoint. Null: none. Found out at each call.</summary>
    public ProxyAddress? Proxy => Proxies?.For(Endpoint, out _);

    /// <summary>Whether the proxy leads to the endpoint by a tunnel, and else takes the requests itself.</summary>
    public bool IsTunnelled => Endpoint.Scheme == "https";

    /// <summary>
    /// A text without what of the options is secret: values of headers, the endpoint's query and what of its path may be a key, and the
    /// proxy's credentials. Each becomes <c>***</c>.
    /// </summary>
    /// <param name="text">Any text, for example the response of an endpoint that repeats what it got.</param>
    public string Hide(string text) => SecretMask.Hide(Request.Hide(text), UrlSecrets.Of(Endpoint, Proxy));

    /// <summary>The masked endpoint and the kind of authentication, where there is any.</summary>
    public override string ToString()
    {
        var how = Aws?.ToString() ?? Authentication.ToString();
        return how.Length == 0 ? EndpointMask.Of(Endpoint) : $"{EndpointMask.Of(Endpoint)} ({how})";
    }
}
