using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The final report of an invocation, from <c>platform.report</c>.</summary>
/// <param name="RequestId">The request id.</param>
/// <param name="Status">How it ended.</param>
internal sealed record InvocationReport(string RequestId, PlatformStatus Status)
{
    /// <inheritdoc cref="RuntimeDone.Time"/>
    public string Time { get; init; } = "";

    /// <inheritdoc cref="RuntimeDone.Attempt"/>
    public int Attempt { get; init; } = 1;
}
