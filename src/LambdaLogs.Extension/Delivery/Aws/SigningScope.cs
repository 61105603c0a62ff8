namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>The service and region of a signature. Immutable.</summary>
/// <param name="Service">The service's name in signatures, for example <c>es</c>, <c>execute-api</c>, <c>logs</c>.</param>
/// <param name="Region">For example <c>eu-central-1</c>.</param>
internal sealed record SigningScope(string Service, string Region);
