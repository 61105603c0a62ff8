using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>How lines are read. Built once; never changes.</summary>
internal sealed record LineOptions
{
    /// <summary>Whether text that is JSON is read as fields. Default: it is.</summary>
    public bool ParseJson { get; init; } = true;

    /// <summary>
    /// Whether the ids of lines count as long as no platform event has told any, as in a sample that has lines only. Default: they do not.
    /// </summary>
    public bool TrustsIds { get; init; }

    /// <summary>Knows the lines of this process, which do not go. Null, the default: it writes none that could come back.</summary>
    public OwnLines? Own { get; init; }
}
