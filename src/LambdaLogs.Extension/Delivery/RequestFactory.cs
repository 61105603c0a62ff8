using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Creates the request of an attempt. Parts that all requests share are prepared once. Thread-safe.</summary>
internal sealed class RequestFactory
{
    readonly Uri _endpoint;
    readonly IRequestAuthenticator _authenticator;
    readonly string _method;
    readonly string _contentType;
    readonly List<(string Name, string Value)> _headers = [];
    readonly List<(string Name, string Value)> _headersOfTenant = [];
    readonly List<string> _leftOut = [];

    /// <summary>Prepares the shared parts.</summary>
    /// <param name="options">Address, method and headers.</param>
    /// <param name="format">The format of bodies.</param>
    /// <param name="authenticator">Authenticates the requests.</param>
    public RequestFactory(DestinationOptions options, LogFormat format, IRequestAuthenticator authenticator)
    {
        _endpoint = options.Endpoint;
        _authenticator = authenticator;
        _method = options.Request.Method is SendMethod.Put ? "PUT" : "POST";
        _contentType = format.Traits.ContentType;
        Add("User-Agent", ProductName.UserAgent);
        if (options is { IsTunnelled: false, Proxy.Authorization: { } authorization })
            Add("Proxy-Authorization", authorization);

        foreach (var header in options.Request.Headers)
        {
            // A header with a missing value would be worse than none: it could name another account or tenant.
            if (HeaderPlaceholders.Fill(header.Value, options.Request.PlaceholderValues) is not { } value || !HeaderText.IsValue(value))
                _leftOut.Add(header.Name);
            else
                Add(header.Name, value);
        }

        // A compressed response would have to be decompressed before it can be logged.
        if (!HasOwn("Accept-Encoding"))
            Add("Accept-Encoding", "identity");

        // A header of the user overrides the format's.
        if (format.Header is { } own && !HasOwn(own.Key))
            Add(own.Key, own.Value);
    }

    /// <summary>The user's headers that are not sent, because the value of a placeholder is not known.</summary>
    public IReadOnlyList<string> OmittedHeaders => _leftOut;

    /// <summary>Creates a request, to be sent once.</summary>
    /// <param name="body">The body as it goes over the wire.</param>
    /// <param name="compression">How the body was compressed.</param>
    /// <param name="batch">Which batch it is.</param>
    /// <param name="expectsContinue">Whether to wait for <c>100 Continue</c> before the body is sent.</param>
    public HttpRequest Create(ReadOnlySpan<byte> body, Compression compression, BatchLabel batch, bool expectsContinue = false)
    {
        var request = new HttpRequest(_method, _endpoint);
        request.Add("Content-Type", _contentType);
        if (compression is Compression.Gzip)
            request.Add("Content-Encoding", "gzip");
        if (expectsContinue)
            request.Add("Expect", "100-continue");

        request.Add("X-Batch-Id", batch.Id);
        foreach (var (name, value) in _headers)
            request.Add(name, value);
        foreach (var (name, value) in _headersOfTenant)
        {
            // Without a tenant there is no such header: half of a value could name another one.
            if (batch.Tenant.Length > 0 && HeaderPlaceholders.FillTenant(value, batch.Tenant) is { } filled && HeaderText.IsValue(filled))
                request.Add(name, filled);
        }

        _authenticator.Authenticate(request, body);
        return request;
    }

    bool HasOwn(string name) => Has(_headers, name) || Has(_headersOfTenant, name);

    static bool Has(List<(string Name, string Value)> headers, string name) =>
        headers.Exists(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    void Add(string name, string value) => (HeaderPlaceholders.NamesTenant(value) ? _headersOfTenant : _headers).Add((name, value));
}
