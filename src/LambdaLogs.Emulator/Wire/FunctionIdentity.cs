using System.Security.Cryptography;
using System.Text;

namespace LambdaLogs.Emulator.Wire;

/// <summary>Who the emulated function is. Never changes while a sandbox lives.</summary>
internal sealed record FunctionIdentity
{
    public string Name { get; init; } = "emulated-function";

    /// <summary>A number, or <c>$LATEST</c> (the default).</summary>
    public string Version { get; init; } = "$LATEST";

    /// <summary>What the runtime gets as <c>_HANDLER</c> and an extension in the response to its registration.</summary>
    public string Handler { get; init; } = "index.handler";

    /// <summary>Twelve digits.</summary>
    public string AccountId { get; init; } = "123456789012";

    public string Region { get; init; } = "us-east-1";

    /// <summary>Memory size in MB (2^20 bytes). Default 128.</summary>
    public int MemoryMb { get; init; } = 128;

    /// <summary>The name of the log stream, which <c>platform.initStart</c> carries as <c>instanceId</c>.</summary>
    public string InstanceId { get; init; } = "2026/01/01/[$LATEST]0123456789abcdef0123456789abcdef";

    /// <summary>How the environment came to be: the value of <c>AWS_LAMBDA_INITIALIZATION_TYPE</c>.</summary>
    public InitializationType Initialization { get; init; } = InitializationType.OnDemand;

    /// <summary>The version of the managed runtime, such as <c>python:3.12.v1</c>. Null where there is none.</summary>
    public string? RuntimeVersion { get; init; }

    /// <summary>Its ARN: the last part has the form of Lambda's, and means nothing. Null likewise.</summary>
    public string? RuntimeVersionArn => RuntimeVersion is null
        ? null
        : $"arn:aws:lambda:{Region}::runtime:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RuntimeVersion)))}";

    /// <summary>The function's ARN, without qualifier.</summary>
    public string Arn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";

    /// <summary>The ARN as it was called.</summary>
    /// <param name="qualifier">A version or alias. Null for none.</param>
    public string ArnOf(string? qualifier) => qualifier is null ? Arn : $"{Arn}:{qualifier}";
}
