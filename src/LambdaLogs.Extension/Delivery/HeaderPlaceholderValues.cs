namespace LambdaLogs.Extension.Delivery;

/// <summary>The values of the placeholders in headers. Immutable. Empty: not known.</summary>
internal sealed record HeaderPlaceholderValues
{
    /// <summary>For <c>{function_name}</c>.</summary>
    public string FunctionName { get; init; } = "";

    /// <summary>For <c>{function_version}</c>, for example <c>$LATEST</c>.</summary>
    public string FunctionVersion { get; init; } = "";

    /// <summary>For <c>{region}</c>.</summary>
    public string Region { get; init; } = "";

    /// <summary>For <c>{account_id}</c>: twelve digits.</summary>
    public string AccountId { get; init; } = "";
}
