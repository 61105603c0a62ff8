using System.Net;
using System.Net.Http.Headers;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Makes the request of an attempt: method, headers, body. What is the same for all of them is prepared once. Safe for calls from several
/// threads.
/// </summary>
internal sealed class RequestFactory
{
    readonly Uri _endpoint;
    readonly IRequestProof _proof;
    readonly HttpMethod _method;
    readonly WireVersion _version;
    readonly MediaTypeHeaderValue _contentType;
    readonly List<(string Name, string Value)> _headers = [];
    readonly List<string> _leftOut = [];

    /// <summary>Prepares what all requests share.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="format">How bodies are written.</param>
    /// <param name="proof">Who sends.</param>
    public RequestFactory(DestinationOptions options, LogFormat format, IRequestProof proof)
    {
        _endpoint = options.Endpoint;
        _proof = proof;
        _method = options.Request.Method is SendMethod.Put ? HttpMethod.Put : HttpMethod.Post;
        _version = options.Request.Version;
        _contentType = new MediaTypeHeaderValue(format.Traits.ContentType);
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

        // Where the user has said something else, that is what they want.
        if (format.Header is { } own && !_headers.Exists(header => header.Name.Equals(own.Key, StringComparison.OrdinalIgnoreCase)))
            Add(own.Key, own.Value);
    }

    /// <summary>The user's headers that are not sent, because what a placeholder of theirs stands for is not known here.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>Makes a request, to be sent once.</summary>
    /// <param name="body">The body as it goes over the wire.</param>
    /// <param name="compression">How it was made smaller.</param>
    /// <param name="batchId">The batch's id.</param>
    public HttpRequestMessage New(ReadOnlyMemory<byte> body, Compression compression, string batchId)
    {
        var request = new HttpRequestMessage(_method, _endpoint) { Content = new ReadOnlyMemoryContent(body) };
        if (_version is not WireVersion.Http11)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = _version is WireVersion.Http2
                ? HttpVersionPolicy.RequestVersionExact
                : HttpVersionPolicy.RequestVersionOrLower;
        }

        request.Content.Headers.ContentType = _contentType;
        if (compression is Compression.Gzip)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", "gzip");

        request.Headers.TryAddWithoutValidation("X-Batch-Id", batchId);
        foreach (var (name, value) in _headers)
            request.Headers.TryAddWithoutValidation(name, value);

        _proof.Prove(request, body.Span);
        return request;
    }

    void Add(string name, string value) => _headers.Add((name, value));
}
