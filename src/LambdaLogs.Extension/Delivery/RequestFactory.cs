using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Makes the request of an attempt: method, headers, body. What is the same for all of them is prepared once. Safe for calls from several
/// threads.
/// </summary>
internal sealed class RequestFactory
{
    readonly Uri _endpoint;
    readonly IRequestAuthenticator _authenticator;
    readonly string _method;
    readonly string _contentType;
    readonly List<(string Name, string Value)> _headers = [];
    readonly List<string> _leftOut = [];

    /// <summary>Prepares what all requests share.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="format">How bodies are written.</param>
    /// <param name="authenticator">Who sends.</param>
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
            // A value that is filled in half would be worse than none: it would name another account, or nobody.
            if (HeaderPlaceholders.Fill(header.Value, options.Request.Facts) is { } value && HeaderText.IsValue(value))
                Add(header.Name, value);
            else
                _leftOut.Add(header.Name);
        }

        // A compressed response would have to be unpacked before it can be shown.
        if (!HasOwn("Accept-Encoding"))
            Add("Accept-Encoding", "identity");

        // Where the user has said something else, that is what they want.
        if (format.Header is { } own && !HasOwn(own.Key))
            Add(own.Key, own.Value);
    }

    /// <summary>The user's headers that are not sent, because what a placeholder of theirs stands for is not known here.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Makes a request, to be sent once.</summary>
    /// <param name="body">The body as it goes over the wire.</param>
    /// <param name="compression">How it was made smaller.</param>
    /// <param name="batchId">The batch's id.</param>
    /// <param name="expectsContinue">Whether the body is sent only when the endpoint wants it.</param>
    public HttpRequest New(ReadOnlySpan<byte> body, Compression compression, string batchId, bool expectsContinue = false)
    {
        var request = new HttpRequest(_method, _endpoint);
        request.Add("Content-Type", _contentType);
        if (compression is Compression.Gzip)
            request.Add("Content-Encoding", "gzip");
        if (expectsContinue)
            request.Add("Expect", "100-continue");

        request.Add("X-Batch-Id", batchId);
        foreach (var (name, value) in _headers)
            request.Add(name, value);

        _authenticator.Prove(request, body);
        return request;
    }

    bool HasOwn(string name) => _headers.Exists(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    void Add(string name, string value) => _headers.Add((name, value));
}
