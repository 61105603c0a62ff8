namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// The keys that sign requests to AWS. Contains secrets; <see cref="ToString"/> shows only the key id, which is not secret.
/// </summary>
/// <param name="Id">The access key id.</param>
/// <param name="Secret">The secret access key.</param>
/// <param name="Token">The session token, which every role has. Null: long-term keys of a user.</param>
internal sealed record AwsKeys(string Id, string Secret, string? Token)
{
    /// <summary>When the keys expire. Null: not known, as for keys from the function's environment.</summary>
    public DateTimeOffset? Expiry { get; init; }

    /// <summary>Replaces the secret key and the token in a text with <c>***</c>.</summary>
    /// <param name="text">Any text.</param>
    public string Redact(string text) => SecretMask.Redact(text, Token is null ? [Secret] : [Secret, Token]);

    /// <inheritdoc/>
    public override string ToString() => Id;
}
