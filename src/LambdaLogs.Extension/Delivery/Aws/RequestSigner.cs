using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Signs requests. Pure except for the request that it changes.</summary>
internal static class RequestSigner
{
    const string DateHeader = "X-Amz-Date";
    const string TokenHeader = "X-Amz-Security-Token";
    const string BodyHashHeader = "X-Amz-Content-Sha256";

    // The only service whose paths are signed as they are sent.
    const string Storage = "s3";

    /// <summary>Adds date, token and signature to a request.</summary>
    /// <param name="request">The request with method, URL and all other headers.</param>
    /// <param name="body">The body as it is sent.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="scope">The service and region.</param>
    /// <param name="now">The wall clock. Services tolerate a difference of 5 to 15 minutes.</param>
    public static void Sign(HttpRequest request, ReadOnlySpan<byte> body, AwsKeys keys, SigningScope scope, DateTimeOffset now)
    {
        var url = request.Url;
        var time = SigV4.TimeText(now);
        var hash = SigV4.HashOf(body);
        request.Add(DateHeader, time);
        if (keys.Token is not null)
            request.Add(TokenHeader, keys.Token);

        // OpenSearch Serverless and S3 reject a request without the body's hash in a header.
        if (scope.Service is "aoss" or Storage)
            request.Add(BodyHashHeader, hash);

        var query = url.Query.Length > 0 ? url.Query[1..] : "";
        var path = scope.Service == Storage ? url.AbsolutePath : CanonicalUrl.Path(url.AbsolutePath);
        var canonical = new CanonicalRequest(request.Method, path, query, Signed(request), hash);
        request.Add("Authorization", SigV4.Authorization(canonical, keys, scope, time));
    }

    // Signs host, content type and AWS's own headers. A proxy may change all others.
    static List<(string Name, string Value)> Signed(HttpRequest request)
    {
        List<(string, string)> signed = [("host", request.Host)];
        foreach (var (name, value) in request.Headers)
        {
            if (IsOfAws(name) || name == "Content-Type")
                signed.Add((name, value));
        }

        return signed;
    }

    static bool IsOfAws(string header) =>
        header.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase) || header.StartsWith("X-Aws-", StringComparison.OrdinalIgnoreCase);
}
