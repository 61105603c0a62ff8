using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Endpoints;

/// <summary>Errors of the Lambda API. Their format differs from that of the APIs inside the sandbox.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors"/></remarks>
internal static class InvokeErrors
{
    /// <param name="Type">The value of the header <c>x-amzn-ErrorType</c>.</param>
    internal sealed record Response(int Status, string Type, byte[] Body);

    public static Response NotFound(string name, FunctionIdentity function) => new(
        404,
        "ResourceNotFoundException",
        ApiError.Object(
            ("Type", "User"),
            ("Message", $"Function not found: arn:aws:lambda:{function.Region}:{function.AccountId}:function:{name}")));

    public static Response TooLarge(int maxBytes) => new(
        413, "RequestTooLargeException", ApiError.Object(("Type", "User"), ("Message", $"Request must be smaller than {maxBytes} bytes")));

    public static Response NotJson(string problem) => new(
        400,
        "InvalidRequestContentException",
        ApiError.Object(("Type", "User"), ("message", $"Could not parse request body into json: {problem}")));

    public static Response Throttled() => new(
        429,
        "TooManyRequestsException",
        ApiError.Object(
            ("Type", "User"), ("message", "Rate Exceeded."), ("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded")));

    public static Response QualifierConflict() => new(
        400,
        "InvalidParameterValueException",
        ApiError.Object(
            ("Type", "User"),
            ("message", "The derived qualifier from the function name does not match the specified qualifier.")));

    public static Response InvalidType(string type) => new(
        400,
        "InvalidParameterValueException",
        ApiError.Object(("Type", "User"), ("message", $"Invalid invocation type {type}; use RequestResponse, Event or DryRun")));
}
