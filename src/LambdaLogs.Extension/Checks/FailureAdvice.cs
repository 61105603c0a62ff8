using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Checks;

/// <summary>Says what to change if there is no response. Pure.</summary>
internal static class FailureAdvice
{
    /// <summary>Returns the advice.</summary>
    /// <param name="kind">Why there was no response.</param>
    /// <param name="options">The endpoint and the proxy.</param>
    public static string? For(FailureKind kind, DestinationOptions options)
    {
        var endpoint = options.Endpoint;
        var where = options.Proxy is { } proxy ? proxy.Variable : "HTTP_ENDPOINT";
        return kind switch
        {
            FailureKind.NameNotResolved => $"check the host in {where}; a name inside a VPC is known only there",
            FailureKind.Refused => $"nothing listens there: check host and port in {where}",
            FailureKind.Unreachable or FailureKind.TimedOut =>
                $"check host and port in {where}, firewalls and security groups; "
                + "a function in a VPC needs a NAT gateway or an interface endpoint",
            FailureKind.Reset or FailureKind.Protocol when endpoint.Scheme == "http" =>
                $"if port {endpoint.Port} speaks TLS, HTTP_ENDPOINT has to begin with https://",
            FailureKind.Reset or FailureKind.Protocol or FailureKind.HeadTooLarge =>
                "the server there does not speak HTTP, or refuses the request: look into its log",
            FailureKind.Tls => $"if port {endpoint.Port} does not speak TLS, HTTP_ENDPOINT has to begin with http://",
            FailureKind.Proxy => $"check {where}, and what the proxy allows",
            FailureKind.ClientCertificate => "check HTTP_TLS_CERT and HTTP_TLS_KEY",
            FailureKind.NoCredentials => "change HTTP_AUTH_CREDENTIALS or the function's role, see above",
            _ => null,
        };
    }
}
