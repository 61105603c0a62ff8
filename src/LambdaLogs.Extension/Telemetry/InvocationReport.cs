using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>That Lambda closed the books of an invocation, from <c>platform.report</c>.</summary>
/// <param name="RequestId">The invocation.</param>
/// <param name="Status">How it ended.</param>
internal sealed record InvocationReport(string RequestId, PlatformStatus Status);
