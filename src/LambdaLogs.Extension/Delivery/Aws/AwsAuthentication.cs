namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// An authenticator that needs AWS: requests are signed, or their credentials come from a store. One of the two is there. Built once by
/// <c>Settings</c>; never changes. Its text form holds no secret.
/// </summary>
internal sealed record AwsAuthentication
{
    /// <summary>Keys and addresses.</summary>
    public required AwsOptions Environment { get; init; }

    /// <summary>What requests are signed for. Null: they are not signed.</summary>
    public SigningScope? Signing { get; init; }

    /// <summary>Where the credentials are. Null: in no store.</summary>
    public SecretReference? Secret { get; init; }

    /// <summary>What becomes of the credentials. Null: there is no <see cref="Secret"/>.</summary>
    public AuthenticationRecipe? Recipe { get; init; }

    /// <summary>How old credentials may become before they are read again. 1 s to 24 h, default 300 s.</summary>
    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(300);

    /// <inheritdoc/>
    public override string ToString() =>
        Signing is { } scope ? $"signed for {scope.Service} in {scope.Region}" : $"{Recipe?.KindName} from {Secret}";
}
