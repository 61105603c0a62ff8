using LambdaLogs.Extension.Diagnostics;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>How lines are parsed. Built once; immutable.</summary>
internal sealed record LineOptions
{
    /// <summary>Whether text that is JSON is parsed into fields. Default true.</summary>
    public bool ParseJson { get; init; } = true;

    /// <summary>Whether request ids in lines are accepted while no invocation is known, as for a sample file. Default false.</summary>
    public bool AcceptsUnknownIds { get; init; }

    /// <summary>Recognises the lines of this process, which are left out. Null, the default: there are none.</summary>
    public OwnLines? OwnLines { get; init; }
}
