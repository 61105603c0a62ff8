namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// Authentication that involves AWS: requests are signed, or their credentials are in Secrets Manager or the Parameter Store. Exactly one
/// of the two is set. Built once by <c>Settings</c>; immutable. Its text form contains no secret.
/// </summary>
internal sealed record AwsAuthentication
{
    /// <summary>Keys and addresses from the environment.</summary>
    public required AwsOptions Environment { get; init; }

    /// <summary>The scope of signatures. Null: requests are not signed.</summary>
    public SigningScope? Signing { get; init; }

    /// <summary>Where the credentials are stored. Null: they are not in a store.</summary>
    public SecretReference? Secret { get; init; }

    /// <summary>How the credentials become a header. Null without a <see cref="Secret"/>.</summary>
    public AuthenticationRecipe? Recipe { get; init; }

    /// <summary>How old credentials may become before they are read again. 1 s to 24 h, default 300 s.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(300);

    /// <inheritdoc/>
    public override string ToString() =>
        Signing is { } scope ? $"signed for {scope.Service} in {scope.Region}" : $"{Recipe?.KindName} from {Secret}";
}
