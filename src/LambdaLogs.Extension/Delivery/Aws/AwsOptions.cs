namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// The AWS settings from the function's environment. Built once by <c>Settings</c>; immutable. Its text form contains no secret.
/// </summary>
internal sealed record AwsOptions
{
    /// <summary>The function's keys, which do not change during the life of a process. Null: there are none.</summary>
    public AwsKeys? Keys { get; init; }

    /// <summary>The URL of the container credentials endpoint, used if <see cref="Keys"/> is null, as with SnapStart. Null: none.</summary>
    public string? ContainerUrl { get; init; }

    /// <summary>The <c>Authorization</c> header for that endpoint, a secret. Null: none.</summary>
    public string? ContainerToken { get; init; }

    /// <summary>A file that contains it, read for each request. Null: none. Takes precedence over <see cref="ContainerToken"/>.</summary>
    public string? ContainerTokenFile { get; init; }

    /// <summary>The URL of Secrets Manager. Null: the default of the region.</summary>
    public string? SecretsManagerUrl { get; init; }

    /// <summary>The URL of Systems Manager. Null: the default of the region.</summary>
    public string? SsmUrl { get; init; }

    /// <summary>The URL of S3. Null: the region's.</summary>
    public string? S3Url { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        Keys is not null ? "keys of the environment" : ContainerUrl is null ? "no keys" : "keys of the container";
}
