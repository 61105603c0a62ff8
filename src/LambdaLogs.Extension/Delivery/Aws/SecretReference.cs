namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Identifies credentials in an AWS store: an ARN and perhaps a field. Not a secret itself. Immutable.</summary>
/// <param name="Arn">The whole ARN without the field. Printable ASCII without quotes.</param>
/// <param name="IsParameter">Whether it is a parameter of Systems Manager. Otherwise it is a secret of Secrets Manager.</param>
/// <param name="Partition">For example <c>aws</c>.</param>
/// <param name="Region">For example <c>eu-central-1</c>.</param>
/// <param name="Field">The field of a JSON object. Null: the whole text.</param>
internal sealed record SecretReference(string Arn, bool IsParameter, string Partition, string Region, string? Field)
{
    /// <summary>The accepted form, as it follows "expected".</summary>
    public const string AcceptedForm = "arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME or arn:aws:ssm:REGION:ACCOUNT:parameter/NAME, "
        + "with #FIELD behind it for one field of a JSON text";

    /// <summary>The scope of signatures for the store.</summary>
    public SigningScope Scope => new(IsParameter ? "ssm" : "secretsmanager", Region);

    /// <summary>The permission that is needed to read it.</summary>
    public string Permission => IsParameter ? "ssm:GetParameter" : "secretsmanager:GetSecretValue";

    /// <summary>Whether a text is meant to be an ARN. No password starts like that by chance.</summary>
    /// <param name="text">Any text.</param>
    public static bool LooksLikeArn(string text) => text.StartsWith("arn:aws", StringComparison.Ordinal);

    /// <summary>Parses an ARN.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Null: it does not have the <see cref="AcceptedForm"/>.</returns>
    public static SecretReference? Parse(string text)
    {
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        var arn = hash < 0 ? text : text[..hash];
        var field = hash < 0 ? null : text[(hash + 1)..];
        var parts = arn.Split(':', 6);
        if (!LooksLikeArn(text) || parts.Length != 6 || field?.Length == 0)
            return null;

        if (!IsName(parts[1], "-") || !AwsHost.IsRegion(parts[3]) || !IsAccount(parts[4]))
            return null;

        var resource = parts[5];
        return parts[2] switch
        {
            "secretsmanager" when IsNamed(resource, "secret:") => new SecretReference(arn, IsParameter: false, parts[1], parts[3], field),
            "ssm" when IsNamed(resource, "parameter/") => new SecretReference(arn, IsParameter: true, parts[1], parts[3], field),
            _ => null,
        };
    }

    /// <summary>The value as it was set.</summary>
    public override string ToString() => Field is null ? Arn : $"{Arn}#{Field}";

    static bool IsNamed(string resource, string kind) =>
        resource.Length > kind.Length
        && resource.StartsWith(kind, StringComparison.Ordinal)
        && IsName(resource.AsSpan(kind.Length), "/_+=.@-:");

    static bool IsAccount(string text) => text.Length == 12 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;

    static bool IsName(ReadOnlySpan<char> text, ReadOnlySpan<char> others)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && !others.Contains(character))
                return false;
        }

        return true;
    }
}
