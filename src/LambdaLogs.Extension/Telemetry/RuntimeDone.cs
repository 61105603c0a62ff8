using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The end of the function's part of an invocation, from <c>platform.runtimeDone</c>.</summary>
/// <param name="RequestId">The request id.</param>
/// <param name="Status">How it ended.</param>
/// <param name="ErrorType">For example <c>Runtime.OutOfMemory</c>. Null: none was given.</param>
/// <param name="Duration">From the invocation to its end. Null: not given.</param>
internal sealed record RuntimeDone(string RequestId, PlatformStatus Status, string? ErrorType, TimeSpan? Duration)
{
    /// <summary>When, as the event says it: what is told twice has the same time.</summary>
    public string Time { get; init; } = "";

    /// <summary>Which attempt under this id it was, as far as starts were seen. From 1.</summary>
    public int Attempt { get; init; } = 1;
}
