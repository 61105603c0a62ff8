using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Levels;

/// <summary>Which levels are forwarded. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record LevelOptions
{
    /// <summary>The minimum level of lines whose logger is not in <see cref="Loggers"/>. Default: all levels.</summary>
    public LogLevel Minimum { get; init; } = LogLevel.Trace;

    /// <summary>The minimum level by logger name, including child loggers: <c>Microsoft</c> applies to <c>Microsoft.Hosting</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, LogLevel>> Loggers { get; init; } = [];
}
