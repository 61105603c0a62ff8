using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>How the function's part of an invocation ended, from <c>platform.runtimeDone</c>.</summary>
/// <param name="RequestId">The invocation.</param>
/// <param name="Status">How it ended.</param>
/// <param name="ErrorType">For example <c>Runtime.OutOfMemory</c>. Null: none was given.</param>
/// <param name="Duration">From the invocation to its end. Null: not given.</param>
internal sealed record RuntimeDone(string RequestId, PlatformStatus Status, string? ErrorType, TimeSpan? Duration);
