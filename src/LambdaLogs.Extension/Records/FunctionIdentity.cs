namespace LambdaLogs.Extension.Records;

/// <summary>Which function the records are from. Read once from Lambda's environment; the same for every record of the process.</summary>
internal sealed record FunctionIdentity
{
    /// <summary>From <c>AWS_LAMBDA_FUNCTION_NAME</c>; empty where it is not set.</summary>
    public string Name { get; init; } = "";

    /// <summary>From <c>AWS_LAMBDA_FUNCTION_VERSION</c>, for example <c>$LATEST</c>.</summary>
    public string Version { get; init; } = "";

    /// <summary>From <c>AWS_LAMBDA_FUNCTION_MEMORY_SIZE</c>: megabytes, as text.</summary>
    public string MemorySize { get; init; } = "";

    /// <summary>From <c>AWS_REGION</c>.</summary>
    public string Region { get; init; } = "";

    /// <summary><c>x86_64</c> or <c>arm64</c>.</summary>
    public string Architecture { get; init; } = "";

    /// <summary>Digits of the account it belongs to; empty where Lambda does not say.</summary>
    public string AccountId { get; init; } = "";

    /// <summary>An id of the execution environment: the end of its log stream's name, else a random one.</summary>
    public string EnvironmentId { get; init; } = "";
}
