using System.Globalization;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// What OpenTelemetry wants to know of the function: attributes by its semantic conventions. What is not known is left out.
/// </summary>
/// Source: <see href="https://opentelemetry.io/docs/specs/semconv/resource/faas/"/>
internal static class OtlpResource
{
    /// <summary>The scope's name: who wrote the records down.</summary>
    public const string ScopeName = "aws-lambda-logs-http-destination";

    /// <summary>What a record's own attributes have to be like: their keys are unique, and those of ours go first.</summary>
    public static AttributeRules AttributeRules { get; } = new()
    {
        Keys = KeyRule.Otlp,
        Taken =
        [
            "faas.invocation_id", "faas.coldstart", "aws.lambda.snapshot", "aws.lambda.log_type",
            "aws.lambda.tenant_id", "aws.lambda.durable_execution", "aws.lambda.operation", "aws.lambda.attempt",
        ],
    };

    /// <summary>The attribute that is a number: the function's memory in bytes. Null: not known.</summary>
    /// <param name="identity">Which function it is.</param>
    public static long? MaxMemory(FunctionIdentity identity)
    {
        var known = int.TryParse(identity.MemorySize, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes);
        return known ? megabytes * 1024L * 1024L : null;
    }

    /// <summary>The attributes that are texts, the constant fields behind them.</summary>
    /// <param name="options">Brings service name and constant fields.</param>
    /// <param name="identity">Which function it is.</param>
    public static List<KeyValuePair<string, string>> Texts(FormatOptions options, FunctionIdentity identity)
    {
        List<KeyValuePair<string, string>> texts =
        [
            new("service.name", options.ServiceNameFor(identity)),
            new("faas.name", identity.Name),
            new("faas.version", identity.Version),
            new("cloud.provider", "aws"),
            new("cloud.platform", "aws_lambda"),
            new("cloud.region", identity.Region),
            new("cloud.account.id", identity.AccountId),
            new("cloud.resource_id", ResourceId(identity)),
            new("host.arch", Architecture(identity.Architecture)),
        ];
        texts.RemoveAll(attribute => attribute.Value.Length == 0);
        texts.AddRange(options.Fields);
        return texts;
    }

    /// <summary>The function's ARN with its version. Empty where a part of it is not known.</summary>
    static string ResourceId(FunctionIdentity identity)
    {
        var isKnown = identity is { AccountId.Length: > 0, Region.Length: > 0, Name.Length: > 0 };
        if (!isKnown || Partition(identity.Region) is not { } partition)
            return "";

        var version = identity.Version.Length > 0 ? ":" + identity.Version : "";
        return $"arn:{partition}:lambda:{identity.Region}:{identity.AccountId}:function:{identity.Name}{version}";
    }

    /// <summary>Null: a partition that is not open to everyone, whose name is not derived here.</summary>
    static string? Partition(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when region.Contains("iso", StringComparison.Ordinal) || region.StartsWith("eusc-", StringComparison.Ordinal) => null,
        _ => "aws",
    };

    /// <summary>In OpenTelemetry's words.</summary>
    static string Architecture(string architecture) => architecture == "x86_64" ? "amd64" : architecture;
}
