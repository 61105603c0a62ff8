using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Settings;

/// <summary>Declares the variables of signed requests and of stored credentials.</summary>
internal static class AwsVariables
{
    /// <summary>See <see cref="SigningScope.Service"/>.</summary>
    public static readonly Variable SigningService = new()
    {
        Name = "HTTP_AUTH_SIGV4_SERVICE",
        Kind = VariableKind.Text,
        Group = VariableGroup.Aws,
        DefaultWords = "read off an endpoint of amazonaws.com or on.aws",
        AllowedWords = "the service's name in signatures, such as es, aoss, osis, execute-api, lambda or logs",
        Summary = "The service that `sigv4` signs requests for. To be set where the endpoint has a domain of its own.",
    };

    /// <summary>See <see cref="SigningScope.Region"/>.</summary>
    public static readonly Variable SigningRegion = new()
    {
        Name = "HTTP_AUTH_SIGV4_REGION",
        Kind = VariableKind.Text,
        Group = VariableGroup.Aws,
        DefaultWords = "the region in the endpoint's name, else the function's",
        AllowedWords = "a region such as eu-central-1",
        Summary = "The region that `sigv4` signs requests for.",
    };

    /// <summary>See <see cref="AwsAuthentication.Refresh"/>.</summary>
    public static readonly Variable Refresh = new()
    {
        Name = "HTTP_AUTH_REFRESH_SECONDS",
        Kind = VariableKind.Duration,
        Group = VariableGroup.Aws,
        BareUnit = 1000,
        Default = 300_000,
        Min = 1000,
        Max = 86_400_000,
        Summary = "How old credentials out of Secrets Manager or the Parameter Store may become before they are read again. "
            + "When the endpoint responds with 401 or 403 they are read again at once, whatever this says.",
    };
}
