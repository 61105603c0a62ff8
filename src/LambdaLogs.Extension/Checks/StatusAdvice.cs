using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Checks;

/// <summary>Explains the endpoint's status, and what to change. Pure.</summary>
internal static class StatusAdvice
{
    /// <summary>Returns the meaning, as text that follows the status.</summary>
    /// <param name="verdict">The result for the batch.</param>
    public static string Meaning(Verdict verdict) => verdict switch
    {
        Verdict.Delivered => "the endpoint accepted it",
        Verdict.Retry => "the endpoint is busy or failing; batches would be kept and retried",
        Verdict.TooLarge => "one small record is too large for the endpoint; batches would be dropped",
        Verdict.Unauthorized => "the endpoint refused the authentication; batches would be dropped",
        _ => "the endpoint rejects it; batches would be dropped",
    };

    /// <summary>Returns the advice.</summary>
    /// <param name="status">The status.</param>
    /// <param name="options">The settings of the request.</param>
    /// <returns>Null: nothing.</returns>
    public static string? For(int status, DestinationOptions options) => status switch
    {
        >= 200 and <= 299 => null,
        >= 300 and <= 399 => "set HTTP_ENDPOINT to the target of the redirect",
        400 or 406 or 415 or 422 => "the endpoint expects another body: try another LOGS_FORMAT, or HTTP_COMPRESSION=none",
        401 => Credentials(options.Authentication.Kind, "are not accepted"),
        403 => Credentials(options.Authentication.Kind, "are not accepted here, or lack the permission to write"),
        404 or 410 => "nothing exists at this path: check the path of HTTP_ENDPOINT",
        405 => "the endpoint expects another method or path: check HTTP_METHOD and the path of HTTP_ENDPOINT",
        407 => "the proxy requires credentials: set HTTPS_PROXY or HTTP_PROXY to http://user:password@host:port",
        411 => "the endpoint, or a proxy in front of it, does not accept requests with a body",
        413 => "raise the limit of the endpoint, or of a proxy in front of it, to at least 1 MB, or lower LOGS_BATCH_MAX_BYTES",
        429 => "the endpoint limits requests: check quota and plan of the account",
        501 or 505 => "the endpoint does not support the method or HTTP version: check HTTP_METHOD",
        >= 500 => "look into the endpoint's own log",
        _ => null,
    };

    static string Credentials(AuthenticationKind kind, string how) => kind switch
    {
        AuthenticationKind.None => "the endpoint requires credentials: set HTTP_AUTH_TYPE and HTTP_AUTH_CREDENTIALS",
        AuthenticationKind.Basic => $"HTTP_AUTH_USERNAME and HTTP_AUTH_CREDENTIALS {how}",
        AuthenticationKind.ApiKey => $"HTTP_AUTH_CREDENTIALS {how}, or HTTP_AUTH_HEADER_NAME is not the endpoint's header",
        AuthenticationKind.Sigv4 => $"the function's AWS keys {how}: check the permissions of its role, HTTP_AUTH_SIGV4_SERVICE and "
            + "HTTP_AUTH_SIGV4_REGION",
        _ => $"HTTP_AUTH_CREDENTIALS {how}",
    };
}
