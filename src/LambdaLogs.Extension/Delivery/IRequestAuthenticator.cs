using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>Adds authentication to requests: a header or a signature. Thread-safe.</summary>
internal interface IRequestAuthenticator
{
    /// <summary>Authenticates a request. Call it last, once for each attempt: a signature covers the request as it is sent.</summary>
    /// <param name="request">The request with method, URL and all other headers.</param>
    /// <param name="body">The body as it is sent, after compression.</param>
    void Authenticate(HttpRequest request, ReadOnlySpan<byte> body);

    /// <summary>Replaces the secrets in a text with <c>***</c>.</summary>
    /// <param name="text">Any text, for example the response of an endpoint that echoes the request.</param>
    string Redact(string text);
}
