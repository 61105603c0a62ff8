using System.Globalization;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Describes the function by OpenTelemetry's semantic conventions. Unknown attributes are left out.</summary>
/// Source: <see href="https://opentelemetry.io/docs/specs/semconv/resource/faas/"/>
internal static class OtlpResource
{
    /// <summary>The name of the instrumentation scope: the producer of the records.</summary>
    public const string ScopeName = "aws-lambda-logs-http-destination";

    /// <summary>The requirements on a record's attributes: unique keys, of which the extension's own take precedence.</summary>
    public static AttributeRules AttributeRules { get; } = new()
    {
        Keys = KeyRule.Otlp,
        ReservedNames =
        [
            "faas.invocation_id", "faas.coldstart", "aws.lambda.snapshot", "aws.lambda.log_type",
            "aws.lambda.tenant_id", "aws.lambda.durable_execution", "aws.lambda.operation", "aws.lambda.attempt",
        ],
    };

    /// <summary>The numeric attribute: the function's memory in bytes. Null: not known.</summary>
    /// <param name="identity">Identifies the function.</param>
    public static long? MaxMemory(FunctionIdentity identity)
    {
        var known = int.TryParse(identity.MemorySize, NumberStyles.None, CultureInfo.InvariantCulture, out var megabytes);
        return known ? megabytes * 1024L * 1024L : null;
    }

    /// <summary>The string attributes, followed by the constant fields.</summary>
    /// <param name="options">Contains the service name and the constant fields.</param>
    /// <param name="identity">Identifies the function.</param>
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

    /// <summary>The function's ARN with its version. Empty if a part of it is not known.</summary>
    static string ResourceId(FunctionIdentity identity)
    {
        var isKnown = identity is { AccountId.Length: > 0, Region.Length: > 0, Name.Length: > 0 };
        if (!isKnown || Partition(identity.Region) is not { } partition)
            return "";

        var version = identity.Version.Length > 0 ? ":" + identity.Version : "";
        return $"arn:{partition}:lambda:{identity.Region}:{identity.AccountId}:function:{identity.Name}{version}";
    }

    /// <summary>Null: a partition that is not publicly available, whose name is not derived.</summary>
    static string? Partition(string region) => region switch
    {
        _ when region.StartsWith("cn-", StringComparison.Ordinal) => "aws-cn",
        _ when region.StartsWith("us-gov-", StringComparison.Ordinal) => "aws-us-gov",
        _ when region.Contains("iso", StringComparison.Ordinal) || region.StartsWith("eusc-", StringComparison.Ordinal) => null,
        _ => "aws",
    };

    /// <summary>OpenTelemetry's names of architectures.</summary>
    static string Architecture(string architecture) => architecture == "x86_64" ? "amd64" : architecture;
}
