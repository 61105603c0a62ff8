namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// What the function's environment says about AWS. Built once by <c>Settings</c>; never changes. Its text form holds no secret.
/// </summary>
internal sealed record AwsOptions
{
    /// <summary>The function's keys, which on Lambda are the same as long as the process lives. Null: there are none.</summary>
    public AwsKeys? Keys { get; init; }

    /// <summary>Where keys are asked for where <see cref="Keys"/> has none, as with SnapStart: an absolute URL. Null: nowhere.</summary>
    public string? ContainerUrl { get; init; }

    /// <summary>The header <c>Authorization</c> of that question: a secret. Null: none.</summary>
    public string? ContainerToken { get; init; }

    /// <summary>A file that holds it, read anew each time. Null: none. Goes before <see cref="ContainerToken"/>.</summary>
    public string? ContainerTokenFile { get; init; }

    /// <summary>Secrets Manager's URL. Null: the region's.</summary>
    public string? SecretsManagerUrl { get; init; }

    /// <summary>Systems Manager's URL. Null: the region's.</summary>
    public string? SsmUrl { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        Keys is not null ? "keys of the environment" : ContainerUrl is null ? "no keys" : "keys of the container";
}
