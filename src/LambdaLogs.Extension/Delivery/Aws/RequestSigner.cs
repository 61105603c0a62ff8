namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Signs requests as they leave. Pure but for the request it changes.</summary>
internal static class RequestSigner
{
    const string DateHeader = "X-Amz-Date";
    const string TokenHeader = "X-Amz-Security-Token";
    const string BodyHashHeader = "X-Amz-Content-Sha256";

    /// <summary>Puts date, token and signature on a request.</summary>
    /// <param name="request">The request with its method, URL and all other headers.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <param name="keys">With what.</param>
    /// <param name="scope">For which service.</param>
    /// <param name="now">The wall clock: a service takes 5 to 15 minutes of difference.</param>
    public static void Sign(HttpRequestMessage request, ReadOnlySpan<byte> body, AwsKeys keys, SigningScope scope, DateTimeOffset now)
    {
        var url = request.RequestUri!;
        var time = SigV4.TimeText(now);
        var hash = SigV4.HashOf(body);
        request.Headers.TryAddWithoutValidation(DateHeader, time);
        if (keys.Token is not null)
            request.Headers.TryAddWithoutValidation(TokenHeader, keys.Token);

        // OpenSearch Serverless refuses a body whose hash is not among the headers.
        if (scope.Service == "aoss")
            request.Headers.TryAddWithoutValidation(BodyHashHeader, hash);

        var query = url.Query.Length > 0 ? url.Query[1..] : "";
        var canonical = new CanonicalRequest(request.Method.Method, url.AbsolutePath, query, Signed(request, url), hash);
        request.Headers.TryAddWithoutValidation("Authorization", SigV4.Authorization(canonical, keys, scope, time));
    }

    // Whom it is for, what it is, and what AWS reads of it. Everything else may be changed by a proxy on the way.
    static List<(string Name, string Value)> Signed(HttpRequestMessage request, Uri url)
    {
        var host = url.HostNameType is UriHostNameType.IPv6 ? url.Host : url.IdnHost;
        List<(string, string)> signed = [("host", url.IsDefaultPort ? host : $"{host}:{url.Port}")];
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            if (IsOfAws(name))
                Add(signed, name, values);
        }

        if (request.Content is { } content && content.Headers.NonValidated.TryGetValues("Content-Type", out var type))
            Add(signed, "content-type", type);

        return signed;
    }

    static void Add(List<(string Name, string Value)> signed, string name, System.Net.Http.Headers.HeaderStringValues values)
    {
        foreach (var value in values)
            signed.Add((name, value));
    }

    static bool IsOfAws(string header) =>
        header.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || header.StartsWith("X-Aws-", StringComparison.OrdinalIgnoreCase);
}
