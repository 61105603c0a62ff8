namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>What a service of AWS said. The body may hold a secret: its text form leaves it out.</summary>
/// <param name="Status">The HTTP status. 0: there was no response.</param>
/// <param name="Body">The body, cut where it is longer than any that is meant.</param>
/// <param name="Failure">Why there was no response, in one line. Null: there was one.</param>
internal readonly record struct AwsResponse(int Status, byte[] Body, string? Failure)
{
    /// <inheritdoc/>
    public override string ToString() => Failure ?? $"status {Status}";
}
