using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery;

/// <summary>What proves to the endpoint who sends: a header, or a signature. Safe for calls from several threads.</summary>
internal interface IRequestAuthenticator
{
    /// <summary>
    /// Puts the authenticator on a request. To be called last, once for each attempt: a signature is over the request as it is sent.
    /// </summary>
    /// <param name="request">The request with its method, URL and all of its other headers.</param>
    /// <param name="body">The body's bytes as they are sent, after compression.</param>
    void Prove(HttpRequest request, ReadOnlySpan<byte> body);

    /// <summary>A text without the secrets of the authenticator: each becomes <c>***</c>.</summary>
    /// <param name="text">Any text, for example the response of an endpoint that repeats what it got.</param>
    string Hide(string text);
}
