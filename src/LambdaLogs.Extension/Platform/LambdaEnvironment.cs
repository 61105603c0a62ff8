using System.Runtime.InteropServices;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// What Lambda says of itself in the environment. Only this type knows the names.
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"/>.
/// </summary>
/// <param name="read">Reads a variable; null where it is not set.</param>
internal sealed class LambdaEnvironment(Func<string, string?> read)
{
    // Far above what Lambda offers.
    const uint MegabytesMax = 1024 * 1024;

    /// <summary>Host and port of the Runtime, Extensions and Telemetry API. Null outside of Lambda.</summary>
    public string? RuntimeApi => read("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 } text ? text : null;

    /// <summary>The function's name; empty where unknown.</summary>
    public string FunctionName => read("AWS_LAMBDA_FUNCTION_NAME") ?? "";

    /// <summary>The function's version, for example <c>$LATEST</c>; empty where unknown.</summary>
    public string FunctionVersion => read("AWS_LAMBDA_FUNCTION_VERSION") ?? "";

    /// <summary>The function's memory in megabytes, as text; empty where unknown.</summary>
    public string MemorySize => read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE") ?? "";

    /// <summary>The function's memory in bytes. Where Lambda does not say: 128 MB, its smallest.</summary>
    public long MemoryBytes
    {
        get
        {
            var known = DecimalText.TryParse(MemorySize, MegabytesMax, out var megabytes) && megabytes > 0;
            return (known ? megabytes : 128) * 1024L * 1024L;
        }
    }

    /// <summary>The region; empty where unknown.</summary>
    public string Region => read("AWS_REGION") ?? read("AWS_DEFAULT_REGION") ?? "";

    /// <summary>The end of the log stream's name, which every execution environment has its own of; empty where unknown.</summary>
    public string EnvironmentId => read("AWS_LAMBDA_LOG_STREAM_NAME") is { } name ? name[(name.LastIndexOf(']') + 1)..] : "";

    /// <summary>Whether many invocations run at once in this environment (Lambda Managed Instances): no INVOKE events, no freeze.</summary>
    public bool IsManagedInstance => read("AWS_LAMBDA_INITIALIZATION_TYPE") == "lambda-managed-instances";

    /// <summary>The processor's architecture, in Lambda's words.</summary>
    public static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => "x86_64",
    };
}
