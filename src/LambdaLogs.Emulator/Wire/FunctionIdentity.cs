using System.Security.Cryptography;
using System.Text;

namespace LambdaLogs.Emulator.Wire;

/// <summary>The identity of the emulated function. Constant for a sandbox.</summary>
internal sealed record FunctionIdentity
{
    public string Name { get; init; } = "emulated-function";

    /// <summary>A number, or <c>$LATEST</c> (the default).</summary>
    public string Version { get; init; } = "$LATEST";

    /// <summary>The value of <c>_HANDLER</c> and of <c>handler</c> in the response to a registration.</summary>
    public string Handler { get; init; } = "index.handler";

    /// <summary>The account ID: twelve digits.</summary>
    public string AccountId { get; init; } = "123456789012";

    public string Region { get; init; } = "us-east-1";

    /// <summary>The memory size in MB (2^20 bytes). Default 128.</summary>
    public int MemoryMb { get; init; } = 128;

    /// <summary>The name of the log stream, which is <c>instanceId</c> in <c>platform.initStart</c>.</summary>
    public string InstanceId { get; init; } = "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef";

    /// <summary>How the environment was initialized: the value of <c>AWS_LAMBDA_INITIALIZATION_TYPE</c>.</summary>
    public InitializationType Initialization { get; init; } = InitializationType.OnDemand;

    /// <summary>The version of the managed runtime, such as <c>python:3.12.v1</c>. Null for other runtimes.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>The runtime version's ARN. Its last part has the right format but is made up. Null for other runtimes.</summary>
    public string? RuntimeVersionArn => RuntimeVersion is null
        ? null
        : $"arn:aws:lambda:{Region}::runtime:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RuntimeVersion)))}";

    /// <summary>The function's ARN without a qualifier.</summary>
    public string Arn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";

    /// <summary>The function's ARN with the qualifier of the request.</summary>
    /// <param name="qualifier">A version or alias. Null for none.</param>
    public string ArnOf(string? qualifier) => qualifier is null ? Arn : $"{Arn}:{qualifier}";
}
