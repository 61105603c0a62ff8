namespace LambdaLogs.Extension.Records;

/// <summary>Identifies the function. Read once from Lambda's environment; the same for every record of the process.</summary>
internal sealed record FunctionIdentity
{
    /// <summary>From <c>AWS_LAMBDA_FUNCTION_NAME</c>; empty if it is not set.</summary>
    public string Name { get; init; } = "";

    /// <summary>From <c>AWS_LAMBDA_FUNCTION_VERSION</c>, for example <c>$LATEST</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>From <c>AWS_LAMBDA_FUNCTION_MEMORY_SIZE</c>: megabytes, as text.</summary>
    public string MemorySize { get; init; } = "";

    /// <summary>From <c>AWS_REGION</c>.</summary>
    public string Region { get; init; } = "";

    /// <summary><c>x86_64</c> or <c>arm64</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>The account's digits; empty if Lambda does not say.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>An id of the execution environment: the end of its log stream's name, or a random id.</summary>
    public string EnvironmentId { get; init; } = "";
}
