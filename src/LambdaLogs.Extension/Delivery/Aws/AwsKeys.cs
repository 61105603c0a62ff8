namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>What a request to AWS is signed with. Holds a secret: <see cref="ToString"/> shows the id only, which is none.</summary>
/// <param name="Id">The access key's id.</param>
/// <param name="Secret">The secret key.</param>
/// <param name="Token">The session token; every role has one. Null: long-lived keys of a user.</param>
internal sealed record AwsKeys(string Id, string Secret, string? Token)
{
    /// <summary>When they end. Null: they do not say, as in a function's environment.</summary>
    public DateTimeOffset? Expiry { get; init; }

    /// <summary>A text without the secret key and the token: each becomes <c>***</c>.</summary>
    /// <param name="text">Any text.</param>
    public string Hide(string text) => SecretMask.Hide(text, Token is null ? [Secret] : [Secret, Token]);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
