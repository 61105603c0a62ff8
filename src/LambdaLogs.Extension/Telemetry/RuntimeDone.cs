using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The end of the function's part of an invocation, from <c>platform.runtimeDone</c>.</summary>
/// <param name="RequestId">The request id.</param>
/// <param name="Status">How it ended.</param>
/// <param name="ErrorType">For example <c>Runtime.OutOfMemory</c>. Null: none was given.</param>
/// <param name="Duration">The duration of the invocation. Null: not given.</param>
internal sealed record RuntimeDone(string RequestId, PlatformStatus Status, string? ErrorType, TimeSpan? Duration);
