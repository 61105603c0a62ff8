namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Names of environment variables that a function's configuration cannot set.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"/>. Lambda
/// also reserves the credential variables. They are allowed here because a local function has no execution role.
/// </remarks>
internal static class ReservedVariables
{
    static readonly HashSet<string> Names =
    [
        "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME",
        "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT",
    ];

    /// <summary>Checks the name of a variable.</summary>
    /// <returns>The problem. Null if there is none.</returns>
    public static string? Validate(string name)
    {
        if (Names.Contains(name) || name.StartsWith('_'))
            return $"--env {name}: reserved; Lambda sets this variable";

        return name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && char.IsAsciiLetter(name[0])
            ? null
            : $"--env {name}: invalid name; expected letters, digits and _, starting with a letter";
    }
}
