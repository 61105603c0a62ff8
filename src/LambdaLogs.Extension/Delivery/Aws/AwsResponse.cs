namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>The response of an AWS service. The body may contain a secret, so the text form leaves it out.</summary>
/// <param name="Status">The HTTP status. 0: no response.</param>
/// <param name="Body">The body, truncated if it is longer than any expected one.</param>
/// <param name="Failure">Why there was no response, in one line. Null: there was one.</param>
internal readonly record struct AwsResponse(int Status, byte[] Body, string? Failure)
{
    /// <inheritdoc/>
    public override string ToString() => Failure ?? $"status {Status}";
}
