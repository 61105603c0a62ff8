using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>The end of the function's part of an invocation, from <c>platform.runtimeDone</c>.</summary>
/// <param name="RequestId">The request id.</param>
/// <param name="Status">How it ended.</param>
/// <param name="ErrorType">For example <c>Runtime.OutOfMemory</c>. Null: none was given.</param>
/// <param name="Duration">The duration of the invocation. Null: not given.</param>
internal sealed record RuntimeDone(string RequestId, PlatformStatus Status, string? ErrorType, TimeSpan? Duration)
{
    /// <summary>The time of the event. An event that is sent twice has the same time.</summary>
    public string Time { get; init; } = "";

    /// <summary>Number of the attempt with this id, counted by the starts that were seen. From 1.</summary>
    public int Attempt { get; init; } = 1;
}
