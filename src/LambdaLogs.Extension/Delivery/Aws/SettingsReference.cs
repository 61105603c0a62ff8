namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Names a text with settings in AWS: a parameter of Systems Manager, or an object of S3. Never changes.</summary>
/// <param name="Arn">The whole ARN.</param>
/// <param name="Partition">For example <c>aws</c>.</param>
/// <param name="Region">The parameter's region. Empty: the function's, for an object.</param>
/// <param name="Bucket">The object's bucket. Empty: it is a parameter.</param>
/// <param name="Key">The object's key.</param>
internal sealed record SettingsReference(string Arn, string Partition, string Region, string Bucket, string Key)
{
    /// <summary>What is taken, as it follows "expected".</summary>
    public const string Form = "arn:aws:ssm:REGION:ACCOUNT:parameter/NAME or arn:aws:s3:::BUCKET/KEY";

    const int LongestKey = 1024;
    const int ShortestBucket = 3;
    const int LongestBucket = 63;

    /// <summary>Whether it is an object of S3. Otherwise it is a parameter of Systems Manager.</summary>
    public bool IsObject => Bucket.Length > 0;

    /// <summary>The permission that reading it takes.</summary>
    public string Permission => IsObject ? "s3:GetObject" : "ssm:GetParameter";

    /// <summary>Takes an ARN apart.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="functionRegion">The function's region, for objects.</param>
    /// <returns>Null: it is not of the <see cref="Form"/>.</returns>
    public static SettingsReference? Parse(string text, string functionRegion)
    {
        if (SecretReference.Parse(text) is { IsParameter: true, Field: null } parameter)
            return new SettingsReference(text, parameter.Partition, parameter.Region, "", "");

        var parts = text.Split(':', 6);
        if (parts is not ["arn", var partition, "s3", "", "", var resource] || !partition.StartsWith("aws", StringComparison.Ordinal))
            return null;

        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !AwsHost.IsRegion(functionRegion))
            return null;

        var (bucket, key) = (resource[..slash], resource[(slash + 1)..]);
        return IsBucket(bucket) && IsKey(key) ? new SettingsReference(text, partition, functionRegion, bucket, key) : null;
    }

    /// <summary>It is no secret.</summary>
    public override string ToString() => Arn;

    static bool IsBucket(string text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('.' or '-' or '_'))
                return false;
        }

        return text.Length is >= ShortestBucket and <= LongestBucket && !text.Contains("..", StringComparison.Ordinal);
    }

    // A path of dots would be another one on its way.
    static bool IsKey(string text)
    {
        foreach (var part in text.Split('/'))
        {
            if (part is "." or "..")
                return false;
        }

        return text.Length is > 0 and <= LongestKey && !AuthenticationRecipe.HasControl(text);
    }
}
