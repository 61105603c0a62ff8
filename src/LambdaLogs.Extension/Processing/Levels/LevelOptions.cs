using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Levels;

/// <summary>Which levels are forwarded. Built once by <c>Settings</c>; never changes.</summary>
internal sealed record LevelOptions
{
    /// <summary>The lowest level of lines whose logger is not among <see cref="Loggers"/>. Default: all.</summary>
    public LogLevel Least { get; init; } = LogLevel.Trace;

    /// <summary>
    /// The lowest level of the lines of a logger, and of those below it: <c>Microsoft</c> is also <c>Microsoft.Hosting</c>.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, LogLevel>> Loggers { get; init; } = [];
}
