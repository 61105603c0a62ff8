namespace LambdaLogs.Extension.Delivery;

/// <summary>The name that is sent to endpoints.</summary>
internal static class ProductName
{
    /// <summary>The header <c>User-Agent</c>, for example <c>aws-lambda-logs-http-destination/0.1.0</c>.</summary>
    public const string UserAgent = "aws-lambda-logs-http-destination/" + ProductVersion.Text;
}
