using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>Declares the variables of the endpoint.</summary>
internal static class HttpVariables
{
    /// <summary>See <see cref="DestinationOptions.Endpoint"/>.</summary>
    public static readonly Variable Endpoint = new()
    {
        Name = "HTTP_ENDPOINT",
        Kind = VariableKind.Text,
        Group = VariableGroup.Endpoint,
        AllowedWords = "an http:// or https:// URL without user name and password",
        Summary = "Where the logs go, one request for each batch. Without it nothing is sent, and the function keeps running.",
    };

    /// <summary>See <see cref="Authentication"/>. The order is that of <see cref="AuthenticationKind"/>.</summary>
    public static readonly Variable AuthType = new()
    {
        Name = "HTTP_AUTH_TYPE",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Endpoint,
        Choices = ["none", "basic", "bearer", "apikey", "sigv4"],
        Summary = "How requests are authenticated. `apikey` may be written `api_key` or `api-key` as well. "
            + "`sigv4` signs requests to services of AWS with the function's own keys and takes no credentials.",
    };

    /// <summary>See <see cref="Authentication.Basic"/>.</summary>
    public static readonly Variable AuthUserName = new()
    {
        Name = "HTTP_AUTH_USERNAME",
        Kind = VariableKind.Text,
        Group = VariableGroup.Endpoint,
        AllowedWords = "a user name without colon and control characters",
        Summary = "The user name of `basic`. Where it is not set, the user name is empty, which is allowed but seldom meant.",
    };

    /// <summary>See <see cref="Authentication"/>.</summary>
    public static readonly Variable AuthCredentials = new()
    {
        Name = "HTTP_AUTH_CREDENTIALS",
        Kind = VariableKind.Text,
        Group = VariableGroup.Endpoint,
        IsSecret = true,
        AllowedWords = "a password, token or key without line breaks and control characters",
        Summary = "The password of `basic`, the token of `bearer`, the key of `apikey`. Never shown in any log. "
            + "Tokens and keys are visible ASCII; a password may hold any letter and is sent in UTF-8. "
            + "Or the ARN of a secret in Secrets Manager or of a parameter in the Parameter Store that holds it, "
            + "with `#field` after it for one field of a JSON object.",
    };

    /// <summary>See <see cref="Authentication.ApiKey"/>.</summary>
    public static readonly Variable AuthHeaderName = new()
    {
        Name = "HTTP_AUTH_HEADER_NAME",
        Kind = VariableKind.Text,
        Group = VariableGroup.Endpoint,
        DefaultWords = Authentication.DefaultApiKeyHeader,
        AllowedWords = "a header name such as X-API-Key, none that HTTP or the extension sets itself",
        Summary = "The header that carries the key of `apikey`. Where it is not set, `datadog` uses `DD-API-KEY`, `newrelic` `Api-Key`, "
            + "`splunk_hec` and `elasticsearch` use `Authorization` with the words `Splunk` and `ApiKey` before the key.",
    };

    /// <summary>See <see cref="DestinationOptions.Timeout"/>.</summary>
    public static readonly Variable Timeout = new()
    {
        Name = "HTTP_TIMEOUT_SECONDS",
        Kind = VariableKind.Duration,
        Group = VariableGroup.Endpoint,
        BareUnit = 1000,
        Default = 30_000,
        Min = 100,
        Max = 300_000,
        Summary = "Longest time of one attempt, from name resolution to the response. What an invocation may be held for is bounded by "
            + "`LOGS_FLUSH_TIMEOUT_MS`, whatever this says.",
    };

    /// <summary>See <see cref="ExtensionSettings.TestMode"/>.</summary>
    public static readonly Variable TestMode = new()
    {
        Name = "HTTP_TEST_MODE",
        Kind = VariableKind.Flag,
        Group = VariableGroup.Endpoint,
        Summary = "Shows each batch in the extension's own log instead of sending it. Needs no endpoint.",
    };

    /// <summary>See <see cref="DestinationOptions.TlsCa"/>.</summary>
    public static readonly Variable TlsCa = new()
    {
        Name = "HTTP_TLS_CA",
        Kind = VariableKind.Text,
        Group = VariableGroup.Tls,
        DefaultWords = "the system's, else those built in",
        AllowedWords = "the path of a PEM file, or PEM text",
        Summary = "The certificates to trust, and no others: certificate authorities, also intermediate ones, or the endpoint's own "
            + "certificate.",
    };

    /// <summary>See <see cref="RetryOptions.Attempts"/>.</summary>
    public static readonly Variable RetryAttempts = new()
    {
        Name = "HTTP_RETRY_ATTEMPTS",
        Kind = VariableKind.Number,
        Group = VariableGroup.Retry,
        Default = 3,
        Min = 1,
        Max = 10,
        Summary = "Attempts for one batch in one flush, the first included. A batch that got through none of them stays in the buffer.",
    };

    /// <summary>See <see cref="RetryOptions.FirstDelay"/>.</summary>
    public static readonly Variable RetryInitialBackoff = new()
    {
        Name = "HTTP_RETRY_INITIAL_BACKOFF_MS",
        Kind = VariableKind.Duration,
        Group = VariableGroup.Retry,
        Default = 100,
        Max = 60_000,
        Summary = "Upper bound of the wait before the second attempt; it doubles with each one. The wait itself is a random part of it.",
    };

    /// <summary>See <see cref="RetryOptions.MaxDelay"/>.</summary>
    public static readonly Variable RetryMaxBackoff = new()
    {
        Name = "HTTP_RETRY_MAX_BACKOFF_MS",
        Kind = VariableKind.Duration,
        Group = VariableGroup.Retry,
        Default = 2000,
        Max = 300_000,
        Summary = "Upper bound of every such wait. A `Retry-After` of the endpoint may ask for more, up to 5 minutes.",
    };

    /// <summary>See <see cref="RetryOptions.Statuses"/>.</summary>
    public static readonly Variable RetryStatusCodes = new()
    {
        Name = "HTTP_RETRY_STATUS_CODES",
        Kind = VariableKind.Text,
        Group = VariableGroup.Retry,
        DefaultWords = StatusSet.DefaultText,
        AllowedWords = "statuses such as 429, 5xx or 500-504, separated by spaces or commas; -501 leaves one out",
        Summary = "Responses after which the same batch is sent again. 2xx is always a delivery. 413 makes smaller batches; "
            + "any other response is final. For `otlp` and `otlp_protobuf` it is `429 502 503 504`, as OpenTelemetry wants it.",
    };
}
