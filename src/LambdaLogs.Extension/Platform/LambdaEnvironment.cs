using System.Runtime.InteropServices;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Platform;

/// <summary>
/// The environment variables that Lambda sets. Only this type knows their names. Source:
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime"/>.
/// </summary>
/// <param name="read">Reads a variable; null if it is not set.</param>
internal sealed class LambdaEnvironment(Func<string, string?> read)
{
    // Far more than Lambda offers.
    const uint MegabytesMax = 1024 * 1024;

    /// <summary>Host and port of the Runtime, Extensions and Telemetry API. Null outside of Lambda.</summary>
    public string? RuntimeApi => read("AWS_LAMBDA_RUNTIME_API") is { Length: > 0 } text ? text : null;

    /// <summary>The function's name; empty if not known.</summary>
    public string FunctionName => read("AWS_LAMBDA_FUNCTION_NAME") ?? "";

    /// <summary>The function's version, for example <c>$LATEST</c>; empty if not known.</summary>
    public string FunctionVersion => read("AWS_LAMBDA_FUNCTION_VERSION") ?? "";

    /// <summary>The function's memory in megabytes, as text; empty if not known.</summary>
    public string MemorySize => read("AWS_LAMBDA_FUNCTION_MEMORY_SIZE") ?? "";

    /// <summary>The function's memory in bytes. 128 MB, the smallest size, if Lambda does not say.</summary>
    public long MemoryBytes
    {
        get
        {
            var known = DecimalText.TryParse(MemorySize, MegabytesMax, out var megabytes) && megabytes > 0;
            return (known ? megabytes : 128) * 1024L * 1024L;
        }
    }

    /// <summary>The region; empty if not known.</summary>
    public string Region => read("AWS_REGION") ?? read("AWS_DEFAULT_REGION") ?? "";

    /// <summary>The end of the log stream's name, which is unique for each execution environment; empty if not known.</summary>
    public string EnvironmentId => read("AWS_LAMBDA_LOG_STREAM_NAME") is { } name ? name[(name.LastIndexOf(']') + 1)..] : "";

    /// <summary>
    /// Whether this environment runs several invocations at once (Lambda Managed Instances): no INVOKE events, no freeze.
    /// </summary>
    public bool IsManagedInstance => read("AWS_LAMBDA_INITIALIZATION_TYPE") == "lambda-managed-instances";

    /// <summary>The processor's architecture, as Lambda names it.</summary>
    public static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        _ => "x86_64",
    };
}
